import { expect, test } from '@playwright/test';
import { LABELS, PEOPLE } from './people.ts';
import { cell, logIn, menu, openPage, picture } from './steps.ts';

const ru = LABELS.ru;

/** Opens the draft of a company's report; makes one where there is none. */
const openDraft = async (page: Awaited<ReturnType<typeof openPage>>): Promise<void> => {
  await menu(page, ru.reporting);
  const start = page.getByRole('button', { name: ru.fill });
  await start
    .or(page.getByRole('link', { name: ru.fill }))
    .first()
    .click();
  await expect(cell(page, '053')).toBeVisible();
};

test('a wrong PIN and an unknown ИНН are refused alike, in place and in words', async ({ browser }) => {
  const page = await openPage(browser, 'ru');
  const tryPin = async (inn: string): Promise<string> => {
    await page.goto('/');
    await page.getByRole('textbox').fill(inn);
    await page.getByRole('button', { name: ru.next, exact: true }).click();
    await page.getByRole('radio', { name: ru.accountant }).check();
    await page.getByLabel(/ПИН-код/).fill('000000');
    const alert = page.getByText(/Осталось попыток сегодня/);
    await expect(alert).toBeVisible();
    return (await alert.textContent()) ?? '';
  };
  const wrongPin = await tryPin(PEOPLE.textile.inn);
  await picture(page, 'ru-wide-20-wrong-pin');
  expect(await tryPin('01503201819999')).toBe(wrongPin);
});

test('an ИНН that cannot be one is told as it is typed', async ({ browser }) => {
  const page = await openPage(browser, 'ru');
  await page.goto('/');
  await page.getByRole('textbox').fill('0150320181');
  await page.getByRole('button', { name: ru.next, exact: true }).click();
  await expect(page.getByText(/14 цифр, набрано 10/)).toBeVisible();
});

test('letters in a number and a negative base are marked at the cell, kept, and block sending', async ({
  browser,
}) => {
  const page = await openPage(browser, 'ru');
  await logIn(page, 'ru', 'textile', 'accountant');
  await openDraft(page);
  await cell(page, '053').fill('12 a');
  await cell(page, '056').fill('-5');
  await expect(cell(page, '053')).toHaveAttribute('aria-invalid', 'true');
  await expect(cell(page, '056')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByText('Сохранено в').first()).toBeVisible();
  await page.getByRole('button', { name: ru.check, exact: true }).first().click();
  await picture(page, 'ru-wide-21-errors');
  // Each finding leads to its cell.
  await page.getByRole('button', { name: /053/ }).first().click();
  await expect(cell(page, '053')).toBeFocused();
  await page.reload();
  await expect(cell(page, '053')).toHaveValue('12 a');
});

test('a session that ends while typing asks for the PIN and loses nothing', async ({ browser }) => {
  const page = await openPage(browser, 'ru');
  await logIn(page, 'ru', 'fish', 'accountant');
  await openDraft(page);
  await page.context().clearCookies();
  await cell(page, '139').fill('777');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  await picture(page, 'ru-wide-22-session-ended');
  await dialog.getByLabel(/ПИН-код/).fill(PEOPLE.fish.accountant);
  await expect(dialog).toBeHidden();
  await expect(cell(page, '139')).toHaveValue('777');
  await expect(page.getByText('Сохранено в').first()).toBeVisible();
  await page.reload();
  await expect(cell(page, '139')).toHaveValue('777');
});

test('two people in one draft: neither overwrites the other unseen', async ({ browser }) => {
  const accountant = await openPage(browser, 'ru');
  const head = await openPage(browser, 'ru');
  await logIn(accountant, 'ru', 'test', 'accountant');
  await logIn(head, 'ru', 'test', 'head');
  await openDraft(accountant);
  await head.goto(new URL(accountant.url()).pathname);
  await expect(cell(head, '053')).toBeVisible();
  await cell(accountant, '142').fill('111');
  await expect(accountant.getByText('Сохранено в').first()).toBeVisible();
  await cell(head, '142').fill('222');
  const dialog = head.getByRole('dialog');
  await expect(dialog).toContainText('Черновик изменён в другом окне');
  await picture(head, 'ru-wide-23-conflict');
  await dialog.getByRole('button', { name: 'Оставить моё' }).click();
  await expect(dialog).toBeHidden();
  await expect(head.getByText('Сохранено в').first()).toBeVisible();
  await accountant.reload();
  await expect(cell(accountant, '142')).toHaveValue('222');
});

test('no page speaks to another host or stores a secret', async ({ browser }) => {
  const page = await openPage(browser, 'ru');
  const hosts = new Set<string>();
  page.on('request', (request) => hosts.add(new URL(request.url()).host));
  await logIn(page, 'ru', 'textile', 'head');
  await menu(page, ru.archive);
  const stored = await page.evaluate(() =>
    JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), document.cookie]),
  );
  expect(stored).not.toContain(PEOPLE.textile.head);
  expect(stored).not.toContain('__Host-sochi');
  expect(hosts.size).toBe(1);
});

test('a report is never signed by another officer who logged in in the same browser', async ({ browser }) => {
  const page = await openPage(browser, 'ru');
  await logIn(page, 'ru', 'textile', 'accountant');
  await openDraft(page);
  const other = await page.context().newPage();
  await other.request.post('/api/v1/login/cloud', {
    data: { inn: PEOPLE.textile.inn, role: 'head', pin: PEOPLE.textile.head },
  });
  await cell(page, '145').fill('5');
  await expect(page.getByText(/другой сотрудник/).first()).toBeVisible();
  await picture(page, 'ru-wide-24-other-officer');
});

test('a draft that is opened again at once is there at once', async ({ browser }) => {
  const page = await openPage(browser, 'ru');
  await logIn(page, 'ru', 'fish', 'head');
  await openDraft(page);
  await menu(page, ru.archive);
  await page.goBack();
  await expect(cell(page, '053')).toBeVisible();
});

test('ten tabs of one person all work', async ({ browser }) => {
  const first = await openPage(browser, 'ru');
  await logIn(first, 'ru', 'test', 'head');
  for (let tab = 2; tab <= 10; tab += 1) {
    const page = await first.context().newPage();
    await page.bringToFront();
    await page.goto('/archive');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  }
});

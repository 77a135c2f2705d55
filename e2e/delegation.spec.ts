import { expect, test, type Page } from '@playwright/test';
import { verifiedBundle } from './evidence.ts';
import { LABELS, PEOPLE } from './people.ts';
import {
  cell,
  fillVector,
  logIn,
  menu,
  openPage,
  PHONE,
  picture,
  startForm,
  WIDE,
  type Journey,
  type Language,
} from './steps.ts';

const JOURNEYS: readonly Journey[] = [
  { language: 'ru', company: 'test', size: 'wide', viewport: WIDE },
  { language: 'ky', company: 'textile', size: 'phone', viewport: PHONE },
  { language: 'ky', company: 'fish', size: 'wide', viewport: WIDE },
  { language: 'ru', company: 'textile', size: 'phone', viewport: PHONE },
];

/** A filled report with the question before it is sent. */
const askToSend = async (page: Page, language: Language): Promise<void> => {
  const label = LABELS[language];
  await menu(page, label.reporting);
  await startForm(page, language);
  await expect(cell(page, '053')).toBeVisible();
  await fillVector(page, language);
  await expect(cell(page, '187')).toHaveText('67');
  await page.getByRole('button', { name: label.send, exact: true }).first().click();
  await expect(page.getByRole('dialog')).toBeVisible();
};

const sendNow = async (page: Page, language: Language): Promise<void> => {
  await page.getByRole('button', { name: LABELS[language].sendNow }).click();
  await page.waitForURL(/\/filings\/[0-9a-f-]+$/);
};

/** The bundle says by whom it was signed, and a stranger believes it. */
const verifyEvidence = async (page: Page): Promise<void> => {
  const bundle = await verifiedBundle(page);
  expect(bundle.read('delegation/delegation.json')).toContain('"forms": ["gns/sti-091"]');
};

for (const { language, company, size, viewport } of JOURNEYS) {
  test(`a head is signed for until the tick is taken away: ${language}, ${size}`, async ({ browser }) => {
    test.setTimeout(120_000);
    const label = LABELS[language];
    const name = (step: string) => `delegation-${language}-${size}-${step}`;
    const head = await openPage(browser, language, viewport);
    await logIn(head, language, company, 'head');
    await menu(head, label.roles);
    const tick = head.getByRole('checkbox', { name: label.onBehalf });
    await expect(tick).not.toBeChecked();
    await picture(head, name('01-off'));

    await tick.check();
    await head.getByRole('radio', { name: label.chosenForms }).check();
    await head.getByRole('checkbox', { name: label.unifiedTax }).check();
    await head.getByLabel(label.ceiling).fill('67');
    await picture(head, name('02-bounds'));
    await head.getByLabel(/ПИН-код/).fill('000000');
    await head.getByRole('button', { name: label.grant }).click();
    await expect(head.getByText(label.wrongPin)).toBeVisible();
    await expect(head.getByLabel(/ПИН-код/)).toBeFocused();
    await picture(head, name('03-wrong-pin'));
    await head.getByLabel(/ПИН-код/).fill(PEOPLE[company].head);
    // Enter is enough: nobody needs the mouse.
    await head.keyboard.press('Enter');
    await expect(head.getByText(label.granted)).toBeVisible();
    await expect(tick).toBeChecked();
    await expect(head.getByRole('status')).toBeFocused();
    await picture(head, name('04-granted'));

    const accountant = await openPage(browser, language, viewport);
    await logIn(accountant, language, company, 'accountant');
    await expect(accountant.getByRole('link', { name: label.roles })).toHaveCount(0);
    await askToSend(accountant, language);
    await expect(accountant.getByText(label.willSign)).toBeVisible();
    await picture(accountant, name('05-will-sign'));
    await sendNow(accountant, language);
    await expect(accountant.getByText(label.signedFor)).toBeVisible();
    await expect(accountant.getByText(label.accepted, { exact: true }).first()).toBeVisible({
      timeout: 15_000,
    });
    await picture(accountant, name('06-signed-for'));

    await verifyEvidence(accountant);

    // Nobody touches the head's screen: it tells by itself.
    await expect(head.getByText(label.notice)).toBeVisible();
    await expect(head.getByText(label.usedOnce, { exact: true })).toBeVisible();
    await picture(head, name('07-told'));
    const report = head.getByRole('link', { name: /^\d{4}-\d{8}$/ });
    await report.first().click();
    await expect(head.getByText(label.signedFor)).toBeVisible();
    await expect(head.getByText(label.notice)).toHaveCount(0);

    await menu(head, label.roles);
    await head.getByRole('button', { name: label.takeAway }).click();
    const question = head.getByRole('dialog');
    await expect(question).toBeVisible();
    await picture(head, name('08-take-away'));
    await question.getByRole('button', { name: label.takeAway }).click();
    await expect(head.getByText(label.takenAway)).toBeVisible();
    await expect(tick).not.toBeChecked();
    await picture(head, name('09-taken-away'));

    await askToSend(accountant, language);
    await expect(accountant.getByText(label.willSign)).toHaveCount(0);
    await sendNow(accountant, language);
    await expect(accountant.getByText(label.awaitingHead).first()).toBeVisible();
    await accountant.context().close();
    await head.context().close();
  });
}

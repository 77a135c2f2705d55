import { expect, type Browser, type Locator, type Page } from '@playwright/test';
import { LABELS, PEOPLE } from './people.ts';

export type Language = keyof typeof LABELS;
export type Role = 'head' | 'accountant';
export type Company = keyof typeof PEOPLE;

export const WIDE = { width: 1366, height: 768 };
export const PHONE = { width: 390, height: 844 };

/** One run of a journey: who goes through it, in which language and on how large a screen. */
export type Journey = { language: Language; company: Company; size: string; viewport: typeof WIDE };

/** Keeps a picture of the screen for people to look at: test-results/screens. */
export const picture = async (page: Page, name: string): Promise<void> => {
  await page.screenshot({ path: `test-results/screens/${name}.png`, fullPage: true });
};

/** A page that speaks a language; every refused script, broken request and error of a script fails the journey. */
export const openPage = async (browser: Browser, language: Language, viewport = WIDE): Promise<Page> => {
  const context = await browser.newContext({ viewport });
  await context.addInitScript((chosen) => localStorage.setItem('sochi.language', chosen), language);
  const page = await context.newPage();
  page.on('pageerror', (error) => {
    throw error;
  });
  page.on('console', (message) => {
    if (message.type() === 'error' && /Content Security Policy|Uncaught/.test(message.text()))
      throw new Error(message.text());
  });
  return page;
};

export const logIn = async (page: Page, language: Language, company: Company, role: Role): Promise<void> => {
  const label = LABELS[language];
  await page.goto('/');
  await page.getByRole('textbox').fill(PEOPLE[company].inn);
  await page.getByRole('button', { name: label.next, exact: true }).click();
  await page.getByRole('radio', { name: label[role] }).check();
  await page.getByLabel(/ПИН-код/).fill(PEOPLE[company][role]);
  await expect(page).toHaveURL(/\/news/);
};

export const menu = async (page: Page, name: string): Promise<void> => {
  const isPhone = (page.viewportSize()?.width ?? 0) <= PHONE.width;
  if (isPhone) await page.getByRole('button', { name: /Открыть меню|Менюну ачуу/ }).click();
  await page.getByRole('link', { name }).first().click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
};

/** One cell of the form by its code, or `TABLE/row/column`. */
export const cell = (page: Page, stop: string): Locator => page.locator(`[data-stop="${stop}"]`);

/** Opens the form of the page «Reporting»: a new draft, or the one that is there. */
export const startForm = async (page: Page, language: Language): Promise<void> => {
  const label = LABELS[language];
  await page
    .getByRole('button', { name: label.fill })
    .or(page.getByRole('link', { name: label.fill }))
    .first()
    .click();
};

/** The test vector of the unified-tax form: 186 = 2100, 187 = 67. */
export const fillVector = async (page: Page, language: Language): Promise<void> => {
  const bases = { '053': '1000', '056': '500', '063': '300', '067': '200' };
  const rates = { '054': '4', '057': '2', '064': '1', '068': '6' };
  for (const [code, text] of Object.entries({ ...bases, ...rates })) await cell(page, code).fill(text);
  const advance = async (table: string, at: number, amount: string): Promise<void> => {
    await page.getByRole('button', { name: LABELS[language].addRow }).nth(at).click();
    await cell(page, `${table}/0/description`).fill('Аванс');
    await cell(page, `${table}/0/amount`).fill(amount);
    await cell(page, `${table}/0/rate`).fill('2');
  };
  await advance('ADV_CUR', 0, '150');
  await advance('ADV_PREV', 1, '50');
};

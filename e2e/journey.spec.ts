import { expect, test } from '@playwright/test';
import { verifiedBundle } from './evidence.ts';
import { LABELS } from './people.ts';
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
} from './steps.ts';

const JOURNEYS: readonly Journey[] = [
  { language: 'ru', company: 'test', size: 'wide', viewport: WIDE },
  { language: 'ky', company: 'textile', size: 'phone', viewport: PHONE },
  { language: 'ky', company: 'fish', size: 'wide', viewport: WIDE },
  { language: 'ru', company: 'fish', size: 'phone', viewport: PHONE },
];

for (const { language, company, size, viewport } of JOURNEYS) {
  test(`a report from the draft to the curator's yes: ${language}, ${size}`, async ({ browser }) => {
    const label = LABELS[language];
    const name = (step: string) => `${language}-${size}-${step}`;
    const accountant = await openPage(browser, language, viewport);
    await accountant.goto('/');
    await expect(accountant.getByRole('button', { name: label.next, exact: true })).toBeVisible();
    await picture(accountant, name('01-login'));
    await logIn(accountant, language, company, 'accountant');
    await expect(accountant.getByRole('article').first()).toBeVisible();
    await picture(accountant, name('02-news'));

    await menu(accountant, label.reporting);
    await expect(accountant.getByText('STI-091').first()).toBeVisible();
    await picture(accountant, name('03-reporting'));
    await startForm(accountant, language);
    await expect(cell(accountant, '053')).toBeVisible();
    await picture(accountant, name('04-empty-form'));
    await fillVector(accountant, language);
    await expect(cell(accountant, '186')).toHaveText(/^2.?100$/);
    await expect(cell(accountant, '187')).toHaveText('67');
    await picture(accountant, name('05-filled-form'));

    await accountant.getByRole('button', { name: label.send, exact: true }).first().click();
    await expect(accountant.getByRole('dialog')).toBeVisible();
    await picture(accountant, name('06-send-dialog'));
    await accountant.getByRole('button', { name: label.sendNow }).click();
    await accountant.waitForURL(/\/filings\/[0-9a-f-]+$/);
    await expect(accountant.getByText(label.awaitingHead).first()).toBeVisible();
    await picture(accountant, name('07-sent'));

    const head = await openPage(browser, language, viewport);
    await logIn(head, language, company, 'head');
    await menu(head, label.toSign);
    await expect(head.getByRole('link', { name: label.show }).first()).toBeVisible();
    await picture(head, name('08-to-sign'));
    await head.getByRole('link', { name: label.show }).first().click();
    await expect(head.getByText(/^2.?100$/).first()).toBeVisible();
    await picture(head, name('09-review'));
    await head.getByRole('button', { name: label.sign, exact: true }).click();
    await expect(head.getByText(label.signed).first()).toBeVisible();
    await picture(head, name('10-signed'));

    // Nobody touches the accountant's screen: it moves by itself.
    await expect(accountant.getByText(label.delivered, { exact: true }).first()).toBeVisible({
      timeout: 15_000,
    });
    await expect(accountant.getByText(label.accepted, { exact: true }).first()).toBeVisible({
      timeout: 15_000,
    });
    await picture(accountant, name('11-accepted'));

    const bundle = await verifiedBundle(accountant);
    expect(bundle.read('report.xml')).toContain('<STI091X187>67</STI091X187>');

    await menu(accountant, label.archive);
    await expect(accountant.getByText(label.accepted, { exact: true }).first()).toBeVisible();
    await picture(accountant, name('12-archive'));
    await accountant.context().close();
    await head.context().close();
  });
}

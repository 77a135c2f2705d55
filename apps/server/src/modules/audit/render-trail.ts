import type { Language } from '@sochi/contract';
import { BISHKEK } from '@sochi/kernel';
import { OPERATOR_CHAIN } from './audit-event.ts';
import { en } from './texts/audit-texts.en.ts';
import { ky } from './texts/audit-texts.ky.ts';
import { ru } from './texts/audit-texts.ru.ts';
import type { AuditWords } from './texts/words.ts';
import type { StoredEvent } from './verify/find-origins.ts';
import type { TrailProblem } from './verify/problem.ts';
import type { TrailVerdict } from './verify/verify-trail.ts';

const TEXTS: Readonly<Record<Language, AuditWords>> = { ru, ky, en };

/** ИНН of companies by the names of their chains. */
export type Inns = ReadonlyMap<string, string>;

const chainName = (words: AuditWords, chain: string, inns: Inns): string => {
  if (chain === OPERATOR_CHAIN) return words.operator;
  const inn = inns.get(chain);
  return inn === undefined ? chain : words.company(inn);
};

const problemText = (words: AuditWords, problem: TrailProblem): string => {
  // The key is the problem's own kind, so the function takes exactly this problem; TypeScript cannot follow that.
  const text = words.problems[problem.kind] as (one: TrailProblem) => string;
  return text(problem);
};

/** The verdict as lines for a terminal: each problem and where it is, then what was read, then one word. */
export const renderVerdict = (
  verdict: TrailVerdict,
  shown: { problems: readonly TrailProblem[]; inns: Inns; isRootGiven: boolean },
  language: Language,
): string => {
  const words = TEXTS[language];
  const lines = shown.problems.map((problem) => {
    const where = 'chain' in problem ? `${chainName(words, problem.chain, shown.inns)}: ` : '';
    return `- ${where}${problemText(words, problem)} [${problem.kind}]`;
  });
  const left = verdict.problems - shown.problems.length;
  return [
    ...lines,
    ...(left > 0 ? [words.more(left)] : []),
    ...(lines.length > 0 ? [''] : []),
    `${words.events}: ${verdict.events}`,
    `${words.chains}: ${verdict.chains}`,
    `${words.checkpoints}: ${verdict.checkpoints}`,
    ...(verdict.last ? [words.lastCheckpoint(verdict.last.number, verdict.last.sha256)] : []),
    ...(verdict.unwitnessed > 0 ? [words.unwitnessed(verdict.unwitnessed)] : []),
    `${words.root}: ${verdict.rootSha256}`,
    ...(shown.isRootGiven ? [] : [words.ownRoot]),
    verdict.problems === 0 ? `OK ${words.valid}` : `FAILED ${words.invalid(verdict.problems)}`,
  ].join('\n');
};

/** What stands in the table may not move the terminal's cursor or pretend to be another line. */
const plain = (text: string): string => text.replace(/\p{C}/gu, '\u{FFFD}');

/** A word of the catalogue, or what the table says where a forger or a later version has put another. */
const wordOf = (words: Readonly<Record<string, string>>, key: string): string => words[key] ?? key;

const eventLine = (words: AuditWords, event: StoredEvent): string => {
  const { actorKind, actorId, actorName, address, userAgent, onBehalfOf, subjectKind, subjectId } = event;
  const at = event.at.toZonedDateTimeISO(BISHKEK).toString({ smallestUnit: 'second', timeZoneName: 'never' });
  const actor = [wordOf(words.actors, actorKind), actorName, actorId]
    .filter((part) => part !== null)
    .join(' ');
  return [
    `${event.seq}`,
    at,
    wordOf(words.acts, event.act),
    actor,
    ...(onBehalfOf === null ? [] : [`${words.onBehalfOf} ${onBehalfOf}`]),
    ...(subjectKind === null ? [] : [`${subjectKind} ${subjectId ?? ''}`]),
    ...(address === null ? [] : [address]),
    ...(userAgent === null || userAgent === '' ? [] : [userAgent]),
    ...(event.data === '{}' ? [] : [event.data]),
  ]
    .map(plain)
    .join(' · ');
};

/** A page of a chain, oldest first, one line each; the last line says how to read what is before. */
export const renderEvents = (events: readonly StoredEvent[], language: Language): string => {
  const words = TEXTS[language];
  const first = events[0];
  if (!first) return words.nothing;
  return [
    ...events.map((event) => eventLine(words, event)),
    ...(first.seq > 1 ? ['', words.before(first.seq)] : []),
  ].join('\n');
};

import { setTimeout as sleep } from 'node:timers/promises';
import type { Case } from './case';
import { resultOf, type Result, type ScenarioReport } from './result';
import type { ScenarioContext } from './scenario-context';
import { describeAnswers, describeOutcome } from '../observe/describe';
import { observedOf, type Observations, type Observed } from '../observe/observations';
import { differences } from '../observe/outcome';

/** All results arrive within seconds. A minute is enough for a slow machine. */
const PATIENCE_MILLIS = 60_000;
const POLL_MILLIS = 150;
/** The histories that run beside each other. More of them start more workers of functions, which compete for the processor. */
const SIDE_BY_SIDE = 4;
/** If nothing arrives for this long, no unexpected results are assumed to follow. */
const QUIET_MILLIS = 3_000;

/** Reports the progress of a scenario. */
export interface Reporter {
  readonly waiting: (text: string) => void;
  readonly result: (result: Result) => void;
}

interface Sent {
  readonly case: Case;
  readonly answer: string;
}

/** Sends the events of each history one after the other, several histories at the same time, and waits for the results. */
export async function runScenario(
  cases: readonly Case[], context: ScenarioContext, observations: Observations, reporter: Reporter,
): Promise<ScenarioReport> {
  const sent: Array<Sent | undefined> = cases.map(() => undefined);
  const shown: Result[] = [];
  // In the order of the scenario, so that the lines are the same in each run.
  const report = (observed: Observed, isEnough: (result: Result) => boolean) => {
    for (let next = sent[shown.length]; next; next = sent[shown.length]) {
      const result = judge(next, observed);
      if (!isEnough(result)) {
        return;
      }
      shown.push(result);
      reporter.result(result);
    }
  };

  const sendAll = async (turn: Case['turn']) => {
    const waiting = historiesOf(cases).filter(([first]) => first.turn === turn);
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, async () => {
      for (let history = waiting.shift(); history; history = waiting.shift()) {
        for (const each of history) {
          reporter.waiting(`sending: ${each.name}`);
          sent[cases.indexOf(each)] = { case: each, answer: await send(each, context) };
        }
      }
    }));
  };
  for (const turn of ['first', undefined, 'last'] as const) {
    await sendAll(turn);
  }
  const deadline = Date.now() + PATIENCE_MILLIS;
  for (;;) {
    const isLate = Date.now() > deadline;
    report(await observations.refresh(), (result) => isLate || isComplete(result));
    if (shown.length === cases.length) {
      break;
    }
    reporter.waiting(`waiting for the results of: ${cases[shown.length].name}`);
    await sleep(POLL_MILLIS);
  }

  reporter.waiting('waiting for unexpected results');
  const last = await quiet(observations);
  const results = sent.map((each) => judge(each!, last));
  // Excess or late results change a line that was already reported.
  results.filter((result, index) => differences(result.actual, shown[index].actual).length > 0).forEach(reporter.result);
  return { results, unexpected: unexpectedRecords(cases, last) };
}

/** A case that continues the one before it is in the same history. */
function historiesOf(cases: readonly Case[]): Case[][] {
  const histories: Case[][] = [];
  for (const each of cases) {
    if (each.continues) {
      histories.at(-1)!.push(each);
    } else {
      histories.push([each]);
    }
  }
  return histories;
}

/** Reports an error as the answer of its case, so that the other cases still run. */
async function send(each: Case, context: ScenarioContext): Promise<string> {
  try {
    return await carryOut(each, context);
  } catch (error) {
    return `failed: ${(error as Error).message}`;
  }
}

async function carryOut({ requests = [], inParallel, step }: Case, context: ScenarioContext): Promise<string> {
  if (step) {
    return step(context);
  }
  if (inParallel) {
    return describeAnswers(await Promise.all(requests.map((request) => context.sender.send(request))));
  }
  const answers = [];
  for (const request of requests) {
    answers.push(await context.sender.send(request));
  }
  return describeAnswers(answers);
}

function judge({ case: each, answer }: Sent, observed: Observed): Result {
  const own = observedOf(observed, new Set(each.eventIds));
  return resultOf(each, describeOutcome(answer, own), own.alerts);
}

function isComplete({ expected, actual }: Result): boolean {
  // Waiting does not change an answer.
  return differences(expected, actual).every((column) => column === 'answer');
}

async function quiet(observations: Observations): Promise<Observed> {
  const deadline = Date.now() + PATIENCE_MILLIS;
  let observed = await observations.refresh();
  let since = Date.now();
  while (Date.now() - since < QUIET_MILLIS && Date.now() < deadline) {
    await sleep(POLL_MILLIS);
    const next = await observations.refresh();
    if (size(next) !== size(observed)) {
      since = Date.now();
    }
    observed = next;
  }
  return observed;
}

function size({ items, busEvents, matches, alerts, changes, deadLetters }: Observed): number {
  return items.length + busEvents.length + matches.length + alerts.length + changes.length + deadLetters.length;
}

/** Describes the results that do not belong to any request, in words that are the same in each run. */
export function unexpectedRecords(cases: readonly Case[], observed: Observed): string[] {
  const known = observedOf(observed, new Set(cases.flatMap(({ eventIds }) => eventIds)));
  const moreThan = (expected: number, what: string, all: readonly unknown[]) => all.length > expected ? [`${what}: ${all.length - expected}`] : [];
  const excess = (what: string, of: (from: Observed) => readonly unknown[]) => moreThan(of(known).length, what, of(observed));
  return [
    ...excess('items in the table', ({ items }) => items),
    ...excess('events on the bus', ({ busEvents }) => busEvents),
    ...excess('matches of rules', ({ matches }) => matches),
    ...excess('alerts', ({ alerts }) => alerts),
    ...excess('changes in the archive', ({ changes }) => changes),
    // A step checks its own messages. Any other one is unexpected, also about a known event.
    ...moreThan(cases.reduce((sum, { deadLetters = 0 }) => sum + deadLetters, 0), 'messages in the dead-letter queue', observed.deadLetters),
  ];
}

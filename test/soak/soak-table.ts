import { growthOf, memoryDefectsOf, type MemorySeries } from './memory-growth';
import type { SoakResult } from './soak';

const MEGABYTE = 1024 ** 2;

/** Why a soak is not acceptable; empty if it is. */
export function soakDefectsOf({ wrongAnswers, stored, published, archived, verdicts, deadLetters, memory }: SoakResult): string[] {
  const counts: readonly (readonly [count: number, what: string])[] = [
    [wrongAnswers, 'wrong answers'],
    [stored.lost, 'events were not stored'],
    [stored.twice, 'events were stored twice'],
    [published.missing, 'events were not published'],
    [archived.missing, 'changes were not archived'],
    [Math.abs(verdicts.transactions - verdicts.written), 'transactions without one verdict'],
    [deadLetters, 'dead letters'],
  ];
  return [...counts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`), ...memory.flatMap(memoryDefectsOf)];
}

/** The result in Markdown. */
export function soakTable({ webhooks, requests, stored, published, archived, verdicts, connections, memory }: SoakResult): string {
  return [
    `- Webhooks: ${text(webhooks)}, in ${text(requests)} requests with the duplicates and forgeries`,
    `- Stored once: ${text(stored.events)} events of ${text(stored.events)}`,
    `- Published: ${text(published.events)} events. Archived: ${text(archived.records)} changes. Verdicts: ${text(verdicts.written)} for ${text(verdicts.transactions)} transactions`,
    `- Connections to AWS that the functions opened: ${text(connections)}`,
    '',
    '| function | invocations | heap, first tenth | heap, last tenth | growth | resident, first tenth | resident, last tenth | highest | memory |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...memory.map(row),
  ].join('\n');
}

function row(series: MemorySeries): string {
  const { first, last, heap, highestBytes } = growthOf(series);
  return `| ${[
    series.handler, text(series.invocations), megabytes(first.heapBytes, 2), megabytes(last.heapBytes, 2), `${(heap * 100).toFixed(1)} %`,
    megabytes(first.residentBytes), megabytes(last.residentBytes), megabytes(highestBytes), `${series.memoryMb} MB`,
  ].join(' | ')} |`;
}

function text(count: number): string {
  return count.toLocaleString('en-US');
}

function megabytes(bytes: number, decimals = 0): string {
  return `${(bytes / MEGABYTE).toFixed(decimals)} MB`;
}

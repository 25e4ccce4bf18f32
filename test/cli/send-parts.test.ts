import { printedRequestJson, requestLines } from '../../cli/send/printed-request';
import { runSeries } from '../../cli/send/request-series';
import { percentile } from '../../cli/send/send-report';
import { signingFailure } from '../../cli/send/signing-failure';
import { visibleLines, visibleStart, visibleText } from '../../cli/terminal/visible-text';
import { SIMULATORS } from '../../handlers/providers/simulators';

test('shows characters that could control a terminal by their codes', () => {
  expect(visibleText('a\u001b[2J\u202eb\n\u{1f600}\ud800')).toBe('a\\u001b[2J\\u202eb\\u000a\u{1f600}\\ud800');
  expect([visibleStart('abcdef', 4), visibleStart('abcd', 4)]).toEqual(['abc…', 'abcd']);
  expect(visibleLines('a\n\tb\r\u0007')).toBe('a\n\tb\\u000d\\u0007');
});

test('shows a request with the query of its URL', () => {
  expect(requestLines(new URL('https://example.com/a?b=1'), { body: Buffer.from('{}'), headers: { 'X-A': '1' } })).toEqual([
    'POST /a?b=1 HTTP/1.1', 'Host: example.com', 'X-A: 1', 'Content-Length: 2', '', '{}',
  ]);
  expect(requestLines(new URL('https://example.com/'), { body: Buffer.from([0xff]), headers: {} }).at(-1)).toBe('(base64) /w==');
});

test('shows a body that is not text to programs in base64', () => {
  expect(printedRequestJson(new URL('https://example.com/'), { body: Buffer.from([0xff]), headers: {} })).toEqual({
    method: 'POST', url: 'https://example.com/', headers: {}, body_base64: '/w==',
  });
});

test('explains that a body does not have the format of a scheme that signs any secret', () => {
  expect(signingFailure('adyen').message).toBe('the body cannot be signed: it does not have the format that adyen signs');
});

test('makes a secret for an HMAC without a configuration', () => {
  expect(SIMULATORS.hmac.newSecret('https://example.com/')).toMatch(/^[0-9a-f]{64}$/);
});

test.each([
  [[], undefined],
  [[7], 7],
  [[1, 2, 3, 4], 2],
])('finds the median of %p', (sorted, expected) => {
  expect(percentile(sorted, 0.5)).toBe(expected);
});

test('keeps one timer, however many requests are waiting', async () => {
  let time = 0;
  let timers = 0;
  let most = 0;
  const waits: number[] = [];

  await runSeries({ count: 20, rate: 10, concurrency: 8 }, async () => undefined, {
    now: () => new Date(time),
    signal: new AbortController().signal,
    sleep: async (millis) => {
      timers += 1;
      waits.push(millis);
      most = Math.max(most, timers);
      await Promise.resolve();
      time += millis;
      timers -= 1;
    },
  }, () => undefined);

  expect(most).toBe(1);
  expect(waits).toEqual(Array.from({ length: 19 }, () => 100));
});

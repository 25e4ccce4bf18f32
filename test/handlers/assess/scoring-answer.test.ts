import * as fc from 'fast-check';
import { parseScoringAnswer } from '../../../handlers/assess/scoring-answer';

const parse = (text: string) => parseScoringAnswer(Buffer.from(text));

describe('parseScoringAnswer', () => {
  test.each([
    ['{"score":0}', { score: 0 }],
    ['{"score":12.5,"reason":"new device"}', { score: 12.5, reason: 'new device' }],
    ['{"score":1000000,"other":[]}', { score: 1_000_000 }],
    ['{"score":1,"reason":null}', { score: 1 }],
    ['{"score":1,"reason":["a"]}', { score: 1 }],
    ['{"score":1,"reason":""}', { score: 1 }],
    ['{"score":1,"reason":" \\n\\t "}', { score: 1 }],
  ])('reads %s', (text, answer) => {
    expect(parse(text)).toEqual(answer);
  });

  test.each([
    '', 'null', '[]', '7', '"12"', 'true', '{', '{}', 'NaN', '{"score":NaN}', '{"score":"12"}', '{"score":null}', '{"score":-1}', '{"score":-0.001}',
    '{"score":1e999}', '{"score":[1]}', '{"score":{"value":1}}', '{"errorMessage":"out of memory"}', `{"score":1,"reason":"${'x'.repeat(16_384)}"}`,
  ])('throws for an answer without a usable score: %.40s', (text) => {
    expect(() => parse(text)).toThrow(expect.objectContaining({ name: 'MalformedAnswer', message: 'the function returned no usable score' }));
  });

  test('reads an answer of the largest size', () => {
    const text = (reason: string) => `{"score":1,"reason":"${reason}"}`;

    expect(parse(text('x'.repeat(16_384 - text('').length)))).toEqual({ score: 1, reason: 'x'.repeat(100) });
  });

  test('makes the reason one line of at most 100 characters', () => {
    expect(parse(JSON.stringify({ score: 1, reason: 'a\r\nb\u0000c\u001b[2Jd\u2028e\u2029f\u202eg' })).reason).toBe('a  b c [2Jd e f g');
    expect(parse(JSON.stringify({ score: 1, reason: `${'x'.repeat(99)}😀` })).reason).toBe('x'.repeat(99));
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (reason) => {
      expect(parse(JSON.stringify({ score: 1, reason })).reason ?? '').toMatch(/^[^\p{C}\p{Zl}\p{Zp}]{0,100}$/u);
    }));
  });

  test('reads a usable answer or throws, for any bytes', () => {
    fc.assert(fc.property(fc.oneof(fc.json(), fc.json().map((value) => `{"score":${value}}`)), (text) => {
      let score = 0;
      try {
        ({ score } = parse(text));
      } catch (error) {
        expect(error).toMatchObject({ name: 'MalformedAnswer' });
      }

      expect(score >= 0 && Number.isFinite(score)).toBe(true);
    }));
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Lazy } from 'aws-cdk-lib';
import { FraudFact, FraudRiskLevel, FraudRule, FraudSubject, ThreeDSecureResult, type FraudFactPoints } from '../../src';
import { FACTS, RISK_LEVELS, SUBJECTS, THREE_D_SECURE_OUTCOMES } from '../../src/private/contract';

test.each<[string, object, readonly string[]]>([
  ['FraudFact', FraudFact, Object.keys(FACTS)],
  ['FraudSubject', FraudSubject, SUBJECTS],
  ['FraudRiskLevel', FraudRiskLevel, RISK_LEVELS],
  ['ThreeDSecureResult', ThreeDSecureResult, THREE_D_SECURE_OUTCOMES],
])('%s has the values of the contract, named after them', (_, values, expected) => {
  expect(Object.values(values)).toEqual(expected);
  expect(Object.keys(values)).toEqual(expected.map((value) => value.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()));
});

const AMOUNT: FraudFactPoints = { fact: FraudFact.AMOUNT_TO_HIGH, intervals: [{ minimum: 2, points: 10 }, { minimum: 5, points: 18 }] };
const AGE: FraudFactPoints = { fact: FraudFact.CUSTOMER_AGE, intervals: [{ minimum: 0, points: 20 }, { minimum: 30, points: 0 }], missing: 25 };
const CONFIG = {
  rule: 'scorecard',
  score: 43,
  facts: [
    { fact: 'amountToHigh', intervals: [{ from: 2, points: 10 }, { from: 5, points: 18 }] },
    { fact: 'customerAge', intervals: [{ from: 0, points: 20 }, { from: 30, points: 0 }], missing: 25 },
  ],
};
const withIntervals = (...intervals: Array<[number, number]>) => FraudRule.scorecard({
  facts: [{ ...AMOUNT, intervals: intervals.map(([minimum, points]) => ({ minimum, points })) }],
});
const rendered = (rule: FraudRule) => JSON.parse(JSON.stringify(rule._config));

describe('a scorecard', () => {
  test('is rendered with the sum of the maximum points of each fact', () => {
    expect(rendered(FraudRule.scorecard({ facts: [AMOUNT, AGE] }))).toEqual(CONFIG);
  });

  test('can have points only for a fact that is not known', () => {
    expect(rendered(FraudRule.scorecard({ facts: [{ fact: FraudFact.AUTHENTICATED, intervals: [], missing: 1 }] }))).toMatchObject({ score: 1 });
  });

  test('accepts numbers that are known only at deployment, which count as the maximum', () => {
    const token = Lazy.number({ produce: () => 7 });

    expect(withIntervals([token, 1], [1, token])._config.score).toBe(1_000);
  });

  test.each<[string, () => unknown, string]>([
    ['no fact', () => FraudRule.scorecard({ facts: [] }), '`facts` must contain at least one fact, got an empty list'],
    ['a fact twice', () => FraudRule.scorecard({ facts: [AMOUNT, AMOUNT] }), "`facts` must have unique entries, got duplicate: 'amountToHigh'"],
    ['an unknown fact', () => FraudRule.scorecard({ facts: [AGE, { ...AMOUNT, fact: 'moon' as FraudFact }] }), '`facts[1].fact` must be one of amountToHigh, '],
    ['nine intervals', () => withIntervals(...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((n): [number, number] => [n, n])), '`facts[0].intervals` must contain at most 8 intervals, got 9 for amountToHigh. Join some of them.'],
    ['descending intervals', () => withIntervals([2, 1], [1, 2]), '`facts[0].intervals` must begin at numbers in ascending order, got: 2, 1'],
    ['an interval twice', () => withIntervals([2, 1], [2, 2]), '`facts[0].intervals` must begin at numbers in ascending order, got: 2, 2'],
    ['an interval that begins nowhere', () => withIntervals([Number.NaN, 1]), '`facts[0].intervals` must begin at numbers in ascending order, got: NaN'],
    ['negative points', () => withIntervals([1, -1]), '`facts[0].intervals[0].points` must be a whole number from 0 to 1000, got: -1'],
    ['half a point', () => withIntervals([1, 1], [2, 0.5]), '`facts[0].intervals[1].points` must be a whole number from 0 to 1000, got: 0.5'],
    ['too many points for a fact that is not known', () => FraudRule.scorecard({ facts: [{ ...AGE, missing: 1_001 }] }), '`facts[0].missing` must be a whole number from 0 to 1000, got: 1001'],
    ['a fact without points', () => withIntervals([1, 0]), '`facts[0]` must have points in an interval or in `missing`, got only zeros for amountToHigh. Remove the fact.'],
  ])('is rejected with %s', (_, act, message) => {
    expect(act).toThrow(message);
  });
});

describe('a scorecard from a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'scorecard-'));
  const path = join(folder, 'scorecard.json');
  const read = (content: string) => {
    writeFileSync(path, content);
    return FraudRule.scorecardFromFile(path);
  };
  const file = (changes: object) => JSON.stringify({ version: 1, facts: CONFIG.facts, ...changes });

  afterAll(() => rmSync(folder, { recursive: true }));

  test('is the one in the code', () => {
    expect(rendered(read(file({ reviewScore: 30, blockScore: 60 })))).toEqual(CONFIG);
  });

  test.each([
    ['another version', file({ version: 2 }), '`version` must be 1, got: 2. Write the file with the same version of the tool and of the library.'],
    ['no version', '{}', '`version` must be 1, got: undefined'],
    ['no facts', file({ facts: undefined }), '`facts` must be a list of'],
    ['a fact without a name', file({ facts: [{ intervals: [] }] }), '`facts` must be a list of'],
    ['a fact that is nothing', file({ facts: [null] }), '`facts` must be a list of'],
    ['a fact without intervals', file({ facts: [{ fact: 'newCard' }] }), '`facts` must be a list of'],
    ['points as text', file({ facts: [{ fact: 'newCard', intervals: [{ from: 1, points: '2' }] }] }), '`facts` must be a list of'],
    ['an interval without a start', file({ facts: [{ fact: 'newCard', intervals: [{ points: 2 }] }] }), '`facts` must be a list of'],
    ['an interval that is nothing', file({ facts: [{ fact: 'newCard', intervals: [null] }] }), '`facts` must be a list of'],
    ['text for a fact that is not known', file({ facts: [{ fact: 'newCard', intervals: [], missing: 'x' }] }), '`facts` must be a list of'],
    ['an unknown fact', file({ facts: [{ fact: 'moon', intervals: [] }] }), '`facts[0].fact` must be one of '],
    ['a number', '1', 'the file must contain a JSON object, got: 1'],
    ['null', 'null', 'the file must contain a JSON object, got: null'],
    ['no JSON', '{', 'JSON'],
  ])('is rejected with %s, and the file is named', (_, content, message) => {
    expect(() => read(content)).toThrow(message);
    expect(() => read(content)).toThrow(`the scorecard ${path} cannot be used: `);
  });

  test('is rejected if the file does not exist', () => {
    expect(() => FraudRule.scorecardFromFile(join(folder, 'missing.json'))).toThrow('no such file');
  });
});

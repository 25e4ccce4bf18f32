import { defineRule } from '../../../../handlers/assess/rules/rule';
import type { AmountAboveConfig, RepeatedDeclinesConfig, VelocityConfig } from '../../../../src/private/contract';

const TEXTS = { label: 'Rule', applies: 'always', reads: 'everything' };

// The file does not compile if one of the expected errors is missing.
describe('defineRule', () => {
  test('passes the required parts of the context to a rule', () => {
    const rule = defineRule({
      ...TEXTS,
      needs: ['declines'],
      evaluate: (config: RepeatedDeclinesConfig, { declines }) => (declines.length >= config.count ? 'declined' : undefined),
    });

    expect(rule.needs).toEqual(['declines']);
  });

  test('can need other parts for another configuration', () => {
    const rule = defineRule({
      ...TEXTS,
      needs: ({ by }: RepeatedDeclinesConfig) => by === 'card' ? ['cardEvents'] : ['declines'],
      evaluate: (config, { cardEvents, declines }) => String(cardEvents.length + declines.length + config.count),
    });

    expect(rule.needs).toBeInstanceOf(Function);
  });

  test('does not compile a rule that reads declines without needing them', () => {
    defineRule({
      ...TEXTS,
      needs: ['history'],
      // @ts-expect-error TS2339: Property 'declines' does not exist on type 'RuleContext<"history">'.
      evaluate: (config: RepeatedDeclinesConfig, { declines }) => (declines.length >= config.count ? 'declined' : undefined),
    });
  });

  test('does not compile a rule without needs', () => {
    // @ts-expect-error TS2345: Property 'needs' is missing.
    defineRule({ ...TEXTS, evaluate: (_config: AmountAboveConfig) => undefined });
  });

  test('passes the parts that depend on the configuration', () => {
    const rule = defineRule({
      ...TEXTS,
      needs: ({ by }: VelocityConfig) => [by === 'card' ? 'cardEvents' : 'history'],
      evaluate: (config, { cardEvents, history }) => String(config.by === 'card' ? cardEvents.length : history.length),
    });

    expect(rule.needs).toEqual(expect.any(Function));
  });
});

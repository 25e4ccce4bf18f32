import jsep, { type BinaryExpression, type CallExpression, type Expression, type Identifier, type Literal, type UnaryExpression } from 'jsep';
import type { AlarmState } from './alarm-state';

jsep.addBinaryOp('OR', 1);
jsep.addBinaryOp('AND', 2);
jsep.addUnaryOp('NOT');

const PARSED = new Map<string, Expression>();

/**
 * Whether the rule of a composite alarm is true.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
 */
export function ruleIsTrue(rule: string, stateOf: (alarm: string) => AlarmState): boolean {
  const parsed = PARSED.get(rule) ?? jsep(rule);
  PARSED.set(rule, parsed);
  return isTrue(parsed, stateOf);
}

function isTrue(node: Expression, stateOf: (alarm: string) => AlarmState): boolean {
  switch (node.type) {
    case 'BinaryExpression': {
      const { operator, left, right } = node as BinaryExpression;
      const [one, other] = [isTrue(left, stateOf), isTrue(right, stateOf)];
      return operator === 'AND' ? one && other : one || other;
    }
    case 'UnaryExpression':
      return !isTrue((node as UnaryExpression).argument, stateOf);
    case 'CallExpression': {
      const { callee, arguments: [argument] } = node as CallExpression;
      return stateOf(String((argument as Literal).value)) === (callee as Identifier).name;
    }
    case 'Identifier':
      return (node as Identifier).name === 'TRUE';
    default:
      throw new Error(`the simulation does not support ${node.type} in the rule of a composite alarm: add it to composite-rule.ts`);
  }
}

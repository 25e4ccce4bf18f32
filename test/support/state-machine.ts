import { templateOf, theResource } from './system';
import type { WebhookProcessingSystemProps } from '../../src';

export interface Retrier {
  readonly ErrorEquals: string[];
  readonly MaxAttempts: number;
  readonly IntervalSeconds?: number;
  readonly BackoffRate?: number;
  readonly MaxDelaySeconds?: number;
}
export interface State {
  readonly Type: string;
  readonly TimeoutSeconds?: number;
  readonly Retry?: readonly Retrier[];
  readonly Catch?: ReadonlyArray<{ readonly ErrorEquals: string[]; readonly Next: string; readonly ResultPath?: string }>;
  readonly Next?: string;
  readonly Branches?: readonly Machine[];
  readonly Choices?: readonly Rule[];
  readonly Default?: string;
  readonly Parameters?: any;
  readonly Result?: object;
  readonly ResultSelector?: object;
  readonly ResultPath?: string | null;
}
export interface Machine { readonly StartAt: string; readonly States: { readonly [name: string]: State } }
interface Rule {
  readonly Variable: string;
  readonly StringEquals?: string;
  readonly IsPresent?: boolean;
  readonly And?: readonly Rule[];
  readonly Next: string;
}

/** The workflow of a synthesized system, with every reference replaced by a word. */
export function workflowOf(props: WebhookProcessingSystemProps = {}): Machine & { readonly TimeoutSeconds: number } {
  const parts = theResource(templateOf(props), 'AWS::StepFunctions::StateMachine').Properties.DefinitionString['Fn::Join'][1];
  return JSON.parse(parts.map((part: unknown) => typeof part === 'string' ? part : 'aws').join(''));
}

/** An error that States.ALL does not catch: a defect of the definition, or the death of the execution. */
export class Uncaught extends Error {}
/** Runs a task. The name of an error is the error that Retry and Catch match. */
export type Task = (parameters: any) => unknown;
export interface Run { readonly end: string; readonly failed: boolean; readonly path: readonly string[] }
/**
 * The maximum size of an input or output, in bytes of UTF-8
 * (https://docs.aws.amazon.com/step-functions/latest/apireference/API_StateEnteredEventDetails.html).
 */
const MAX_DATA_BYTES = 262_144;
type Context = { readonly Execution: object; readonly State: { readonly EnteredTime: string } };

/**
 * Runs a definition of the Amazon States Language, with the features that the
 * workflow uses. Anything else throws. Time-outs never happen, and waits take
 * no time. If a branch of a Parallel fails, the others run to their end first.
 */
export async function run(machine: Machine, input: any, tasks: { readonly [state: string]: Task }, context: Context): Promise<Run> {
  const path: string[] = [];

  const walk = async ({ StartAt, States }: Machine, given: any): Promise<{ end: string; output: any }> => {
    let name = StartAt;
    let data = given;
    for (;;) {
      const state = States[name];
      path.push(name);
      limited(data);
      if (state.Type === 'Succeed' || state.Type === 'Fail') {
        return { end: name, output: data };
      }
      if (state.Type === 'Choice') {
        name = state.Choices!.find((rule) => holds(rule, data, context))?.Next ?? state.Default!;
        continue;
      }
      try {
        data = assigned(data, state.ResultPath, await resultOf(name, state, data));
      } catch (error) {
        const caught = error instanceof Uncaught ? undefined : matching(state.Catch, error as Error);
        if (!caught) {
          throw error;
        }
        data = assigned(data, caught.ResultPath, { Error: (error as Error).name, Cause: (error as Error).message });
        name = caught.Next;
        continue;
      }
      if (!state.Next) {
        return { end: name, output: data };
      }
      name = state.Next;
    }
  };
  const resultOf = async (name: string, state: State, data: any): Promise<any> => {
    switch (state.Type) {
      case 'Parallel': return parallel(state, data);
      case 'Pass': return state.Result;
      default: return attempt(name, state, data);
    }
  };
  const parallel = async ({ Branches }: State, data: any): Promise<any[]> => {
    const results = await Promise.allSettled(Branches!.map((branch) => walk(branch, data)));
    return results.map((result) => {
      if (result.status === 'rejected') {
        throw result.reason;
      }
      return result.value.output;
    });
  };
  const attempt = async (name: string, state: State, data: any): Promise<any> => {
    const tried = new Map<Retrier, number>();
    for (;;) {
      try {
        const result = await tasks[name](limited(render(state.Parameters, data, context)));
        return state.ResultSelector ? render(state.ResultSelector, result, context) : result;
      } catch (error) {
        const retrier = error instanceof Uncaught ? undefined : matching(state.Retry, error as Error);
        const tries = (retrier && tried.get(retrier)) ?? 0;
        if (!retrier || tries >= retrier.MaxAttempts) {
          throw error;
        }
        tried.set(retrier, tries + 1);
      }
    }
  };
  const { end } = await walk(machine, input);
  return { end, failed: machine.States[end].Type === 'Fail', path };
}

/** States.ALL does not catch States.DataLimitExceeded (https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html). */
function limited<T>(data: T): T {
  if (Buffer.byteLength(JSON.stringify(data)) > MAX_DATA_BYTES) {
    throw new Uncaught('States.DataLimitExceeded');
  }
  return data;
}

function matching<T extends { readonly ErrorEquals: string[] }>(candidates: readonly T[] | undefined, { name }: Error): T | undefined {
  return candidates?.find(({ ErrorEquals }) => ErrorEquals.includes('States.ALL') || ErrorEquals.includes(name));
}

function holds(rule: Rule, data: any, context: Context): boolean {
  if (rule.And) {
    return rule.And.every((part) => holds(part, data, context));
  }
  return rule.IsPresent ? valueAt(rule.Variable, data, context) !== undefined : select(rule.Variable, data, context) === rule.StringEquals;
}

function assigned(data: any, path: string | null | undefined, result: any): any {
  return path === null ? data : path === undefined ? result : { ...data, [/^\$\.(\w+)$/.exec(path)![1]]: result };
}

/** Fills a template in from the data and the context. */
export function render(template: any, data: any, context: Context): any {
  if (typeof template !== 'object') {
    return template;
  }
  return Object.fromEntries(Object.entries(template).map(([name, value]) => (
    name.endsWith('.$') ? [name.slice(0, -2), select(value as string, data, context)] : [name, render(value, data, context)]
  )));
}

function select(path: string, data: any, context: Context): any {
  const value = valueAt(path, data, context);
  if (value === undefined) {
    throw new Uncaught(`States.Runtime: ${path} does not exist`);
  }
  return value;
}

function valueAt(path: string, data: any, context: Context): any {
  const [, root, steps] = /^(\$\$?)((?:\.\w+|\[\d+\])*)$/.exec(path)!;
  return [...steps.matchAll(/\w+/g)].reduce((current, [step]) => current?.[step], root === '$' ? data : context);
}

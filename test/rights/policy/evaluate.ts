import { conditionsMet, type RequestContext } from './conditions';
import { matchesPattern } from './pattern';
import type { Statement } from './statement';

/** A check by IAM: whether a caller is allowed to perform an action on a resource. One request can cause several. */
export interface AuthorizedCall {
  /** Such as `dynamodb:PutItem`. */
  readonly action: string;
  /** The ARN. */
  readonly resource: string;
  readonly context?: RequestContext;
}

/**
 * Whether an identity-based policy allows a call: at least one statement must
 * allow it, and no statement must deny it
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html).
 */
export function isAllowed(statements: readonly Statement[], call: AuthorizedCall): boolean {
  const effects = statements.filter((statement) => appliesTo(statement, call)).map(({ effect }) => effect);
  return effects.includes('Allow') && !effects.includes('Deny');
}

/** Action names do not distinguish upper and lower case, resources do. */
function appliesTo({ actions, resources, conditions }: Statement, { action, resource, context = {} }: AuthorizedCall): boolean {
  return actions.some((pattern) => matchesPattern(pattern.toLowerCase(), action.toLowerCase()))
    && resources.some((pattern) => matchesPattern(pattern, resource))
    && conditionsMet(conditions, context);
}

/** The pairs of action and resource that could be removed from a policy without denying a call. */
export function unusedRights(statements: readonly Statement[], calls: readonly AuthorizedCall[]): string[] {
  const rights = statements.flatMap((statement) => statement.actions.flatMap((action) => (
    statement.resources.map((resource): Statement => ({ ...statement, actions: [action], resources: [resource] }))
  )));
  const allowed = calls.filter((call) => isAllowed(statements, call));
  return rights
    .filter((right) => right.effect === 'Allow')
    .filter((right) => allowed.every((call) => isAllowed(rights.filter((other) => other !== right), call)))
    .map(({ actions, resources }) => `${actions[0]} on ${resources[0]}`);
}

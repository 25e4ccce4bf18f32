/** The part of a template that the rules read. */
export interface CfnTemplate {
  readonly Resources: { [logicalId: string]: CfnResource };
  readonly Outputs?: { [logicalId: string]: { [property: string]: any } };
}
export interface CfnResource {
  readonly Type: string;
  readonly Properties: { [property: string]: any };
  DependsOn?: string[];
}

/**
 * A rule that AWS enforces at deployment, and that neither CDK nor cfn-lint checks, or not for every value.
 */
export interface AwsRule {
  /** The rule in AWS's terms. */
  readonly rule: string;
  /** The page of AWS's documentation that states the rule, or the report that shows it. */
  readonly source: string;
  readonly type: string;
  /** Describes what is wrong with a resource of the type, if anything. */
  readonly violation: (properties: CfnResource['Properties'], template: CfnTemplate, logicalId: string) => string | undefined | false;
  /** Breaks the rule on a resource of the type, so that a test can check that it fails. */
  readonly breakIt: (properties: CfnResource['Properties'], template: CfnTemplate, logicalId: string) => void;
  /** The resources of the type that can break the rule. */
  readonly breakable?: (properties: CfnResource['Properties']) => boolean;
}

export function resourcesOf(template: CfnTemplate, type: string): [string, CfnResource][] {
  return Object.entries(template.Resources).filter(([, resource]) => resource.Type === type);
}

/** A reference is at most as long as an ARN with the longest names. */
const REFERENCE = 'r'.repeat(60);

/** The text of a property, with a placeholder for each reference. */
export function textOf(value: any): string {
  if (value === undefined) {
    return '';
  }
  if (typeof value !== 'object') {
    return String(value);
  }
  return 'Fn::Join' in value ? value['Fn::Join'][1].map(textOf).join(value['Fn::Join'][0]) : REFERENCE;
}

/** A limit of a text's length. */
export function lengthRule(type: string, property: string, most: number, source: string): AwsRule {
  return {
    rule: `${property} has at most ${most} characters`,
    source,
    type,
    violation: (properties) => textOf(properties[property]).length > most && `${textOf(properties[property]).length} characters`,
    breakIt: (properties) => {
      properties[property] = 'x'.repeat(most + 1);
    },
  };
}

/** A limit of a number in a nested property. */
export function rangeRule(type: string, path: string, least: number, most: number, source: string): AwsRule {
  const keys = path.split('.');
  const holder = (properties: any) => keys.slice(0, -1).reduce((value, key) => value?.[key], properties);
  const key = keys[keys.length - 1];
  return {
    rule: `${path} is from ${least} to ${most}`,
    source,
    type,
    violation: (properties) => {
      const value = holder(properties)?.[key];
      return typeof value === 'number' && !(value >= least && value <= most) && `${value}`;
    },
    breakable: (properties) => holder(properties)?.[key] !== undefined,
    breakIt: (properties) => {
      holder(properties)[key] = most + 1;
    },
  };
}

import { posix } from 'node:path';

/** The parts of a CloudFormation template that matter when resources are left out. */
export interface Template {
  readonly Resources?: { readonly [id: string]: TemplateResource };
  readonly Outputs?: { readonly [id: string]: TemplateOutput };
  readonly Parameters?: { readonly [id: string]: unknown };
}

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: { readonly [name: string]: unknown };
  readonly DependsOn?: string | readonly string[];
  readonly Metadata?: { readonly [name: string]: unknown };
}

export interface TemplateOutput {
  readonly Value: unknown;
  readonly Export?: { readonly Name: unknown };
}

/** The templates of an assembly, including those of nested stacks, by their path in it. */
export type Templates = ReadonlyMap<string, Template>;

/** The path of a nested stack's template, if that is a JSON asset of the assembly. Others are deployed as they are. */
export function nestedTemplatePath(parent: string, { Type, Metadata }: TemplateResource): string | undefined {
  const asset = Metadata?.['aws:asset:path'];
  return Type === 'AWS::CloudFormation::Stack' && typeof asset === 'string' && asset.endsWith('.json') ? posix.join(posix.dirname(parent), asset) : undefined;
}

/** The reference of a parent to an output of its nested stack. */
export function nestedOutput(stackId: string, output: string): string {
  return `${stackId}.Outputs.${output}`;
}

/** The reference of other stacks to an export. */
export function exportedValue(name: unknown): string {
  return `Fn::ImportValue ${JSON.stringify(name)}`;
}

/** Everything that a part of a template refers to: logical ids, outputs of nested stacks, exports. */
export function referencesIn(value: unknown): string[] {
  if (Array.isArray(value)) {
    return value.flatMap(referencesIn);
  }
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const entries = Object.entries(value);
  const own = entries.length === 1 ? intrinsicReferences(...entries[0]) : [];
  return [...own, ...entries.flatMap(([, each]) => referencesIn(each))];
}

function intrinsicReferences(name: string, argument: unknown): string[] {
  switch (name) {
    case 'Ref':
      return [String(argument)];
    case 'Fn::GetAtt':
      return attribute([argument].flat().join('.'));
    case 'Fn::ImportValue':
      return [exportedValue(argument)];
    case 'Fn::Sub':
      return substitutions(argument);
    default:
      return [];
  }
}

/** `Id.Attribute` refers to the resource; of a nested stack it refers to an output as well. */
function attribute(path: string): string[] {
  return [path.split('.')[0], path];
}

/** `${Id}` and `${Id.Attribute}`, but not a variable of the substitution itself. No id begins as `${!Literal}` does. */
function substitutions(argument: unknown): string[] {
  const [text, variables = {}] = Array.isArray(argument) ? argument as [string, object?] : [String(argument)];
  return [...text.matchAll(/\$\{([^}]+)\}/g)].map(([, name]) => name.trim())
    .filter((name) => !(name in variables)).flatMap(attribute);
}

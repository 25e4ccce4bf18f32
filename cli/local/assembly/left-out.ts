import type { ExclusionRules } from './exclusion-rules';
import { EMULATOR_VERSION } from './refused-types';
import { exportedValue, nestedOutput, nestedTemplatePath, referencesIn, type TemplateResource, type Template, type Templates } from './template';
import { LocalFailure } from '../emulator/failure';

/** The number of resources of a type that were left out. */
export interface LeftOut {
  readonly type: string;
  readonly count: number;
}

/** What was left out of an app. */
export interface LeftOutResources {
  /** What the emulator does not support. */
  readonly leftOut: readonly LeftOut[];
  /** What refers to it. */
  readonly dependents: readonly LeftOut[];
}

/** The references that no longer resolve, each with the resource whose absence caused that. */
type Missing = Map<string, string>;

/** The emulator never matches an absent attribute, so such a filter would drop records that it should pass. */
const ABSENCE_FILTER = 'filter of AWS::Lambda::EventSourceMapping by the absence of an attribute';

/**
 * Leaves out the resources that the rules refuse, and the parts that need them: dependencies, outputs, parameters that pass
 * them to a nested stack, and the resources that refer to them. Fails if one of these cannot be left out.
 */
export function leaveOutRefused(templates: Templates, rules: ExclusionRules): LeftOutResources & { readonly templates: Templates } {
  const exclusion = new Exclusion(templates, rules);
  const resources = [...templates].flatMap(([path, { Resources = {} }]) => (
    Object.entries(Resources).map(([id, resource]) => ({ path, id, resource }))
  ));
  const refused = resources.flatMap(({ id, resource }) => rules.refusal(id, resource) ?? (hasAbsenceFilter(resource) ? ABSENCE_FILTER : []));
  const dependents = resources.filter(({ path, id, resource }) => rules.refusal(id, resource) === undefined && exclusion.leavesOut(path, id));
  return {
    templates: new Map([...templates].map(([path, template]) => [path, exclusion.apply(path, template)])),
    leftOut: counted(refused),
    dependents: counted(dependents.map(({ resource }) => resource.Type)),
  };
}

/** Both in one list, sorted by type. */
export function everythingLeftOut({ leftOut, dependents }: LeftOutResources): LeftOut[] {
  return [...leftOut, ...dependents].sort((one, other) => one.type < other.type ? -1 : 1);
}

function counted(types: readonly string[]): LeftOut[] {
  return [...new Set(types)].sort().map((type) => ({ type, count: types.filter((each) => each === type).length }));
}

/** Without the filters, each change invokes the function, which decides by itself. */
function hasAbsenceFilter({ Type, Properties }: TemplateResource): boolean {
  return Type === 'AWS::Lambda::EventSourceMapping' && JSON.stringify(Properties?.FilterCriteria ?? '').replaceAll('\\', '').includes('"exists":false');
}

function withoutAbsenceFilter(resource: TemplateResource): TemplateResource {
  return hasAbsenceFilter(resource) ? { ...resource, Properties: { ...resource.Properties, FilterCriteria: undefined } } : resource;
}

/** The missing parts of each template after the rejected resources are removed. */
class Exclusion {
  private readonly references = new Map<string, Missing>();
  private readonly outputs = new Map<string, Missing>();
  private readonly exports: Missing = new Map();

  constructor(templates: Templates, private readonly rules: ExclusionRules) {
    for (const [path, { Resources = {} }] of templates) {
      this.outputs.set(path, new Map());
      this.references.set(path, new Map(Object.entries(Resources).flatMap(([id, resource]) => {
        const type = rules.refusal(id, resource);
        return type === undefined ? [] : [[id, `\`${id}\` (${type})`]];
      })));
    }
    // An output can be missing because an output of another stack is missing, in any order of the templates.
    let before: number;
    do {
      before = this.size();
      templates.forEach((template, path) => this.spread(path, template));
    } while (this.size() > before);
  }

  /** Whether a resource or a parameter of a template is missing. */
  public leavesOut(path: string, id: string): boolean {
    return this.references.get(path)!.has(id);
  }

  /** The template without the missing parts. */
  public apply(path: string, template: Template): Template {
    const missing = this.references.get(path)!;
    const resources = Object.entries(template.Resources ?? {}).filter(([id]) => !missing.has(id))
      .map(([id, resource]) => [id, this.withoutMissing(path, id, resource)]);
    return {
      ...template,
      ...template.Parameters && { Parameters: omit(template.Parameters, missing) },
      Resources: Object.fromEntries(resources),
      ...template.Outputs && { Outputs: omit(template.Outputs, this.outputs.get(path)!) },
    };
  }

  private withoutMissing(path: string, id: string, { DependsOn, ...rest }: TemplateResource): TemplateResource {
    const dependencies = [DependsOn ?? []].flat().filter((dependency) => !this.references.get(path)!.has(dependency));
    const nested = nestedTemplatePath(path, rest);
    const parameters = rest.Properties?.Parameters;
    const resource = nested !== undefined && parameters
      ? { ...rest, Properties: { ...rest.Properties, Parameters: omit(parameters, this.references.get(nested)!) } }
      : rest;
    const cause = this.cause(path, resource);
    if (cause !== undefined) {
      throw new LocalFailure(
        `\`${id}\` (${rest.Type}) in ${path} refers to ${cause}, which MiniStack ${EMULATOR_VERSION} does not support. ` +
        'Remove the reference from the app that you deploy locally.',
      );
    }
    return { ...withoutAbsenceFilter(resource), ...dependencies.length > 0 && { DependsOn: dependencies } };
  }

  /** Adds the parts that are missing because they refer to a missing part. */
  private spread(path: string, { Resources = {}, Outputs = {} }: Template): void {
    for (const [id, output] of Object.entries(Outputs)) {
      const cause = this.cause(path, output);
      if (cause !== undefined) {
        this.outputs.get(path)!.set(id, cause);
        if (output.Export) {
          this.exports.set(exportedValue(output.Export.Name), cause);
        }
      }
    }
    for (const [id, resource] of Object.entries(Resources)) {
      const nested = nestedTemplatePath(path, resource);
      const { Parameters: passed, ...own } = resource.Properties ?? {};
      const ownCause = this.cause(path, nested === undefined ? resource.Properties : own);
      if (ownCause !== undefined && !this.leavesOut(path, id) && this.rules.canFollow(resource)) {
        this.references.get(path)!.set(id, ownCause);
      }
      if (nested !== undefined) {
        for (const [name, value] of Object.entries(passed ?? {})) {
          const cause = this.cause(path, value);
          if (cause !== undefined) {
            this.references.get(nested)!.set(name, cause);
          }
        }
        this.outputs.get(nested)!.forEach((cause, output) => this.references.get(path)!.set(nestedOutput(id, output), cause));
      }
    }
  }

  /** The rejected resource that a part of a template depends on. */
  private cause(path: string, part: unknown): string | undefined {
    return referencesIn(part).map((reference) => this.references.get(path)!.get(reference) ?? this.exports.get(reference))
      .find((cause) => cause !== undefined);
  }

  private size(): number {
    return [...this.references.values(), ...this.outputs.values(), this.exports].reduce((sum, { size }) => sum + size, 0);
  }
}

function omit<T extends object>(from: T, missing: Missing): T {
  return Object.fromEntries(Object.entries(from).filter(([name]) => !missing.has(name))) as T;
}

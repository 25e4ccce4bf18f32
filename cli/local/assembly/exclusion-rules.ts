import { EMULATOR_VERSION, REFUSED_TYPES } from './refused-types';
import type { TemplateResource } from './template';
import { LocalFailure } from '../emulator/failure';

/** Which resources are left out of a local deployment. */
export interface ExclusionRules {
  /** The type of a resource that is left out, with what matters about it. Undefined for the others. */
  readonly refusal: (id: string, resource: TemplateResource) => string | undefined;
  /** Whether a resource that refers to one of these can be left out too. */
  readonly canFollow: (resource: TemplateResource) => boolean;
}

/** What the rules for the app of a user depend on. */
export interface UserAppFacts {
  /** The types that the emulator registers. */
  readonly supported: ReadonlySet<string>;
  /** The paths of the webhook systems in the app. */
  readonly systems: readonly string[];
}

const METRIC_MATH_ALARM = 'AWS::CloudWatch::Alarm with metric math';
/** A dashboard only shows resources, so that the system works without it. */
const DASHBOARD = 'AWS::CloudWatch::Dashboard';
/** Alarms have no data in the emulator, and every role can do everything there. */
const DISPENSABLE = new Set([DASHBOARD, 'AWS::CloudWatch::Alarm', 'AWS::IAM::Policy']);

/** Custom resources that act only when a stack is deleted. The emulator ends instead. */
const CLEANUPS = ['S3AutoDeleteObjects', 'ECRAutoDeleteImages'];
/** The function of these custom resources, which no other resource uses. */
const CLEANUP_FUNCTION = new RegExp(`^Custom(${CLEANUPS.join('|')})CustomResourceProviderHandler`);

/** For an app that is known to work without what is left out: everything else must be supported. */
export const HARMLESS_ONLY: ExclusionRules = {
  refusal: (_, resource) => harmlessRefusal(resource),
  canFollow: ({ Type }) => Type === DASHBOARD,
};

/** For any app: what the emulator cannot run is left out, with what refers to it. The webhook system must stay whole. */
export function rulesForUserApp({ supported, systems }: UserAppFacts): ExclusionRules {
  const systemPath = ({ Metadata }: TemplateResource): string | undefined => {
    const path = Metadata?.['aws:cdk:path'];
    return typeof path === 'string' && systems.some((system) => path.startsWith(`${system}/`)) ? path : undefined;
  };
  return {
    refusal(id, resource) {
      const harmless = harmlessRefusal(resource) ?? cleanupRefusal(id, resource);
      const type = harmless ?? otherRefusal(resource, supported);
      const path = systemPath(resource);
      if (type !== undefined && harmless === undefined && path !== undefined) {
        throw new LocalFailure(
          `\`${path}\` is a part of the webhook system, and MiniStack ${EMULATOR_VERSION} does not support it: ${type}. ` +
          'Leave out the prop that adds it when you deploy locally.',
        );
      }
      return type;
    },
    canFollow: (resource) => systemPath(resource) === undefined || DISPENSABLE.has(resource.Type),
  };
}

/** Without these, a webhook is processed as before. */
function harmlessRefusal({ Type, Properties }: TemplateResource): string | undefined {
  if (Type === 'AWS::CloudWatch::Alarm' && Properties?.Metrics !== undefined) {
    return METRIC_MATH_ALARM;
  }
  return REFUSED_TYPES.has(Type) ? Type : undefined;
}

function cleanupRefusal(id: string, { Type }: TemplateResource): string | undefined {
  const [, cleanup] = CLEANUP_FUNCTION.exec(id) ?? [];
  if (Type === 'AWS::Lambda::Function' && cleanup !== undefined) {
    return `AWS::Lambda::Function of Custom::${cleanup}`;
  }
  return CLEANUPS.some((each) => Type === `Custom::${each}`) ? Type : undefined;
}

function otherRefusal({ Type, Properties }: TemplateResource, supported: ReadonlySet<string>): string | undefined {
  if (Type === 'AWS::Lambda::Function' && Properties?.PackageType === 'Image') {
    return 'AWS::Lambda::Function from a container image';
  }
  // The emulator would post to it.
  if (Type === 'AWS::SNS::Subscription' && /^https?$/.test(String(Properties?.Protocol))) {
    return 'AWS::SNS::Subscription to a URL';
  }
  return supported.has(Type) || Type.startsWith('Custom::') ? undefined : Type;
}

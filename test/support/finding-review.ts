import type { WebhookProcessingSystemProps } from '../../src';

/** The stacks of the scenario with every setting that auditors require. */
const REGULATED_STACKS = ['WebhookRegulated', 'WebhookPlatform'];

/** A finding of a security tool. */
export interface Finding {
  readonly rule: string;
  readonly stack: string;
  /** The construct path or the logical id. */
  readonly resource: string;
}

/** The reason why a finding is acceptable. */
export interface Acknowledgment {
  readonly rule: string;
  readonly where: RegExp;
  readonly reason: string;
  /** The prop that removes the finding. */
  readonly resolvedBy?: keyof WebhookProcessingSystemProps;
}

/** The problems with findings and acknowledgments. Each list must be empty. */
export interface FindingReview {
  /** Findings without a reason. */
  readonly unexplained: Finding[];
  /** Reasons whose finding no longer exists. */
  readonly outdated: Acknowledgment[];
  /** Findings that a prop must remove, in the scenario that sets every one. */
  readonly unresolved: Finding[];
}

/** Compares findings with acknowledgments. */
export function reviewFindings(findings: readonly Finding[], acknowledgments: readonly Acknowledgment[]): FindingReview {
  const covers = ({ rule, where }: Acknowledgment, finding: Finding) => rule === finding.rule && where.test(finding.resource);
  const resolvable = acknowledgments.filter(({ resolvedBy }) => resolvedBy);
  return {
    unexplained: findings.filter((finding) => !acknowledgments.some((acknowledgment) => covers(acknowledgment, finding))),
    outdated: acknowledgments.filter((acknowledgment) => !findings.some((finding) => covers(acknowledgment, finding))),
    unresolved: findings.filter((finding) => REGULATED_STACKS.includes(finding.stack)
      && resolvable.some((acknowledgment) => covers(acknowledgment, finding))),
  };
}

import type { github } from 'projen';

/** Checks of each pull request besides the build: its title, because it becomes the commit, and its new dependencies. */
export const PULL_REQUEST_CHECKS: github.GitHubOptions = {
  pullRequestLintOptions: {
    semanticTitleOptions: { types: ['build', 'chore', 'ci', 'docs', 'feat', 'fix', 'perf', 'refactor', 'revert', 'style', 'test'] },
  },
  dependencyReview: true,
  // The bundles contain development dependencies. projenrc/third-party-notices.ts checks the licenses of those that are bundled.
  dependencyReviewOptions: { failOnSeverity: 'moderate', failOnScopes: ['runtime', 'development'], licenseCheck: false, commentSummaryInPr: 'never' },
};

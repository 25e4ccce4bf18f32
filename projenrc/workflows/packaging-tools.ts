import { github, type release } from 'projen';

/** Rights of a job that only reads the repository. */
export const READ_ONLY = { contents: github.workflows.JobPermission.READ } as const;

/** The tools that pack for each language. projen's defaults are older than what the generated code needs. */
export const PACKAGING_TOOLS = {
  java: { java: { version: '17' } },
  python: { python: { version: '3.x' } },
  go: { go: { version: '>=1.25' } },
  dotnet: { dotnet: { version: '8.x' } },
} as const satisfies { readonly [language: string]: github.workflows.Tools };

/** The tools of the jobs that pack and publish a release. */
export const PUBLISHING_TOOLS = {
  // Trusted publishing needs npm 11.5.1, which comes with Node 24: https://docs.npmjs.com/trusted-publishers
  release_npm: { node: { version: '24' } },
  release_maven: PACKAGING_TOOLS.java,
  release_pypi: PACKAGING_TOOLS.python,
  release_golang: PACKAGING_TOOLS.go,
  release_nuget: PACKAGING_TOOLS.dotnet,
} as const satisfies { readonly [job: string]: github.workflows.Tools };

/** What `.ci/run` needs: all of them except .NET, whose code it only generates. */
export const CHECK_TOOLS: github.workflows.Tools = {
  node: { version: '20' }, ...PACKAGING_TOOLS.python, ...PACKAGING_TOOLS.java, ...PACKAGING_TOOLS.go,
};

/** The browser of GitHub's runners (https://github.com/actions/runner-images), for the tests of pages. */
export const BROWSER = { CHROMIUM_PATH: '/usr/bin/google-chrome' } as const;

const { ActionRefs } = github;

/** The release checks the packages of all languages before a job publishes one of them. */
export const RELEASE_STEPS = {
  releaseWorkflowSetupSteps: [
    { name: 'Setup Python', uses: ActionRefs.ACTIONS_SETUP_PYTHON, with: { 'python-version': PACKAGING_TOOLS.python.python.version } },
    { name: 'Setup Java', uses: ActionRefs.ACTIONS_SETUP_JAVA, with: { 'distribution': 'corretto', 'java-version': PACKAGING_TOOLS.java.java.version } },
    { name: 'Setup Go', uses: ActionRefs.ACTIONS_SETUP_GO, with: { 'go-version': PACKAGING_TOOLS.go.go.version, 'cache': false } },
    { name: 'Setup .NET', uses: ActionRefs.ACTIONS_SETUP_DOTNET, with: { 'dotnet-version': PACKAGING_TOOLS.dotnet.dotnet.version } },
  ],
  postBuildSteps: [{ name: 'Check the packages', run: 'npx projen release:dry-run' }],
} as const satisfies Pick<release.ReleaseProjectOptions, 'releaseWorkflowSetupSteps' | 'postBuildSteps'>;

/** Adds the list of the bundled packages to the release on GitHub. */
export const ATTACH_SBOM: github.workflows.JobStep = {
  name: 'Attach the software bill of materials',
  if: '${{ !inputs.dry_run }}',
  env: { GITHUB_TOKEN: '${{ secrets.GITHUB_TOKEN }}' },
  run: 'gh release upload "$(cat dist/releasetag.txt)" dist/sbom.cdx.json --clobber --repo "$GITHUB_REPOSITORY"',
};

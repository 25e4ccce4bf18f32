import { Component, github, type awscdk } from 'projen';
import { ATTACH_SBOM, BROWSER, CHECK_TOOLS, PACKAGING_TOOLS, PUBLISHING_TOOLS, READ_ONLY } from './packaging-tools';

const { JobPermission } = github.workflows;
const RUNNER = ['ubuntu-latest'];
const INSTALL: github.workflows.JobStep = { name: 'Install dependencies', run: 'npm ci' };
/** The folder that `npx projen docs:site` writes. */
const SITE = '.site/html';

/** The workflows that projen does not have, and what the project changes in those that it has. */
export class RepositoryWorkflows extends Component {
  constructor(private readonly library: awscdk.AwsCdkConstructLibrary) {
    super(library);

    this.checks();
    this.codeScanning();
    this.documentation();
    this.build();
    library.release!.publisher.addGitHubPostPublishingSteps(ATTACH_SBOM);
  }

  override preSynthesize(): void {
    // The release adds its jobs while it is synthesized.
    this.release();
  }

  private workflow(name: string, triggers: github.workflows.Triggers): github.GithubWorkflow {
    const workflow = new github.GithubWorkflow(this.library.github!, name, { limitConcurrency: true, concurrencyOptions: { group: `${name}-\${{ github.ref }}` } });
    workflow.on(triggers);
    return workflow;
  }

  /** Everything that `.ci/run` checks. */
  private checks(): void {
    this.workflow('checks', { pullRequest: {}, push: { branches: ['main'] }, workflowDispatch: {} }).addJob('checks', {
      runsOn: RUNNER,
      permissions: READ_ONLY,
      timeoutMinutes: 120,
      env: { CI: 'true', ...BROWSER },
      tools: CHECK_TOOLS,
      steps: [github.WorkflowSteps.checkout(), { name: 'Run all checks', run: 'bash .ci/run' }],
    });
  }

  private codeScanning(): void {
    this.workflow('codeql', {
      pullRequest: { branches: ['main'] }, push: { branches: ['main'] }, schedule: [{ cron: '17 4 * * 1' }],
    }).addJob('analyze', {
      runsOn: RUNNER,
      permissions: { ...READ_ONLY, securityEvents: JobPermission.WRITE },
      timeoutMinutes: 60,
      steps: [
        github.WorkflowSteps.checkout(),
        // JavaScript includes TypeScript. Neither needs a build.
        { name: 'Initialize', uses: 'github/codeql-action/init@v4', with: { 'languages': 'javascript-typescript', 'build-mode': 'none' } },
        { name: 'Analyze', uses: 'github/codeql-action/analyze@v4' },
      ],
    });
  }

  /** Builds the documentation site, and publishes it from the main branch. */
  private documentation(): void {
    const workflow = this.workflow('docs', { pullRequest: {}, push: { branches: ['main'] }, workflowDispatch: {} });
    const onMain = "github.ref == 'refs/heads/main'";
    workflow.addJob('build', {
      runsOn: RUNNER,
      permissions: READ_ONLY,
      timeoutMinutes: 30,
      tools: { node: CHECK_TOOLS.node, python: CHECK_TOOLS.python },
      steps: [
        github.WorkflowSteps.checkout(),
        INSTALL,
        { name: 'Build the site', run: 'npx projen docs:site' },
        { name: 'Upload the site', if: onMain, uses: 'actions/upload-pages-artifact@v4', with: { path: SITE } },
      ],
    });
    workflow.addJob('deploy', {
      runsOn: RUNNER,
      needs: ['build'],
      if: onMain,
      // The deployment proves with an identity token which workflow it comes from.
      permissions: { pages: JobPermission.WRITE, idToken: JobPermission.WRITE },
      environment: { name: 'github-pages', url: '${{ steps.deployment.outputs.page_url }}' },
      timeoutMinutes: 10,
      steps: [{ name: 'Deploy', id: 'deployment', uses: 'actions/deploy-pages@v4' }],
    });
  }

  /** projen packs with tools that are too old. */
  private build(): void {
    for (const [language, tools] of Object.entries(PACKAGING_TOOLS)) {
      useTools(this.library.buildWorkflow!.workflow, `package-${language}`, tools);
    }
  }

  private release(): void {
    const workflow = this.library.github!.tryFindWorkflow('release')!;
    for (const [job, tools] of Object.entries(PUBLISHING_TOOLS)) {
      useTools(workflow, job, tools);
    }
    // It prepares the release. Only the job `release_github` writes to the repository.
    const job = workflow.getJob('release') as github.workflows.Job;
    workflow.updateJob('release', { ...job, env: { ...job.env, ...BROWSER }, permissions: READ_ONLY });
  }
}

function useTools(workflow: github.GithubWorkflow, id: string, tools: github.workflows.Tools): void {
  const job = workflow.getJob(id) as github.workflows.Job;
  workflow.updateJob(id, { ...job, tools: { ...job.tools, ...tools } });
}

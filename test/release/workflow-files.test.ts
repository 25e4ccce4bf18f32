import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(__dirname, '../../.github/workflows');
const WORKFLOWS = readdirSync(FOLDER).map((name) => ({ name, text: readFileSync(join(FOLDER, name), 'utf8') }));

/** The part of a workflow about one job. */
function jobsOf(text: string): { readonly id: string; readonly body: string }[] {
  const [, jobs] = text.split(/^jobs:\n/m);
  return jobs.split(/^(?= {2}\S)/m).map((body) => ({ id: body.slice(2, body.indexOf(':')), body }));
}

const job = (workflow: string, id: string) => jobsOf(WORKFLOWS.find(({ name }) => name === `${workflow}.yml`)!.text).find((one) => one.id === id)!.body;
const rightsOf = (body: string) => [...body.matchAll(/^ {6}(\S+): (read|write)$/gm)].map(([, scope, right]) => `${scope}: ${right}`);

describe.each(WORKFLOWS)('$name', ({ text }) => {
  test.each(jobsOf(text))('limits the rights of the job $id', ({ body }) => {
    expect(rightsOf(body).length).toBeGreaterThan(0);
  });

  test('uses no action by a branch', () => {
    const actions = [...text.matchAll(/uses: (\S+)/g)].map(([, action]) => action);

    expect(actions.filter((action) => !/@(?:[0-9a-f]{40}|v\d+(?:\.\d+\.\d+)?)$/.test(action))).toEqual([]);
  });
});

describe('the jobs that write', () => {
  const writing = WORKFLOWS.flatMap(({ name, text }) => jobsOf(text).flatMap(({ id, body }) => rightsOf(body).filter((right) => right.endsWith('write')).map((right) => `${name} ${id} ${right}`)));

  test('are these', () => {
    expect(writing.sort()).toEqual([
      'build.yml self-mutation contents: write',
      'codeql.yml analyze security-events: write',
      'docs.yml deploy id-token: write',
      'docs.yml deploy pages: write',
      'pull-request-lint.yml validate pull-requests: write',
      'release.yml release_github contents: write',
      'release.yml release_npm id-token: write',
      'release.yml release_nuget id-token: write',
      'release.yml release_pypi id-token: write',
    ]);
  });
});

describe('the release', () => {
  test('starts by hand only', () => {
    expect(WORKFLOWS.find(({ name }) => name === 'release.yml')!.text).toMatch(/^on:\n {2}workflow_dispatch:\n(?: {4,}.*\n)+\S/m);
  });

  test('checks the packages before a job publishes one', () => {
    const steps = [...job('release', 'release').matchAll(/run: (npx projen \S+)/g)].map(([, run]) => run);

    expect(steps).toEqual(['npx projen release', 'npx projen release:dry-run']);
  });

  test.each(['npm', 'maven', 'pypi', 'nuget', 'golang', 'github'])('publishes to %s in the environment with reviewers', (target) => {
    expect(job('release', `release_${target}`)).toContain('    environment: release\n');
  });

  test('publishes to npm with the version of Node whose npm supports trusted publishing, and with provenance', () => {
    expect(job('release', 'release_npm')).toMatch(/node-version: "24"[^]*NPM_CONFIG_PROVENANCE: "true"[^]*NPM_TRUSTED_PUBLISHER: "true"/);
  });

  test('packs Java and Go with the versions that the generated code needs', () => {
    expect(job('release', 'release_maven')).toContain('java-version: "17"');
    expect(job('release', 'release_golang')).toContain('go-version: ">=1.25"');
  });
});

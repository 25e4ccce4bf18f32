import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderBillOfMaterials } from '../../projenrc/release/bill-of-materials';
import { packagesInNotices } from '../../projenrc/release/bundle-notices';
import { noticesFor } from '../../projenrc/third-party-notices';

const CORE = { name: '@smithy/core', version: '3.41.1', license: 'Apache-2.0' };
const PREACT = { name: 'preact', version: '11.0.0-beta.1', license: 'MIT' };

describe('the packages in notices', () => {
  test('are those that the notices were written for', () => {
    const notices = noticesFor([{ ...CORE, texts: ['Apache License\n\ntext'] }, { ...PREACT, texts: ['MIT License'] }, { name: 'tslib', version: '2.8.1', license: '0BSD', texts: ['MIT License'] }]);

    expect(packagesInNotices(notices)).toEqual([CORE, PREACT, { name: 'tslib', version: '2.8.1', license: '0BSD' }]);
  });

  test('are all packages of the bundles', () => {
    const notices = readFileSync(join(__dirname, '../../THIRD-PARTY-NOTICES'), 'utf8');

    expect(packagesInNotices(notices).length).toBe([...notices.matchAll(/^\S+ \d\S+ \([\w.-]+\)$/gm)].length);
  });

  test('must be named in the expected form', () => {
    expect(() => packagesInNotices(`${'-'.repeat(80)}\npreact (MIT)\n\nText`)).toThrow('THIRD-PARTY-NOTICES has a line that is not "name version (license)": preact (MIT)');
  });
});

describe('the bill of materials', () => {
  const render = async () => JSON.parse(await renderBillOfMaterials({
    name: 'cdk-webhook-processing-system', version: '1.2.3', license: 'Apache-2.0', bundles: new Map([['assets/cli', [CORE, PREACT]], ['assets/event-relay', [CORE]]]),
  })) as object;

  test('lists each bundle and each bundled package once, with its license', async () => {
    const bom = await render();

    expect(bom).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6', metadata: { component: { name: 'cdk-webhook-processing-system', version: '1.2.3' } } });
    expect((bom as { components: object[] }).components).toEqual([
      expect.objectContaining({ purl: 'pkg:npm/%40smithy/core@3.41.1', group: '@smithy', name: 'core', licenses: [{ license: { id: 'Apache-2.0' } }] }),
      expect.objectContaining({ type: 'application', name: 'assets/cli', version: '1.2.3' }),
      expect.objectContaining({ type: 'application', name: 'assets/event-relay', version: '1.2.3' }),
      expect.objectContaining({ purl: 'pkg:npm/preact@11.0.0-beta.1', licenses: [{ license: { id: 'MIT' } }] }),
    ]);
  });

  test('names the packages of each bundle', async () => {
    const { dependencies } = await render() as { dependencies: { ref: string; dependsOn?: string[] }[] };
    const ofBundle = (folder: string) => dependencies.find(({ ref }) => ref.endsWith(`#${folder}`))?.dependsOn;

    expect(ofBundle('assets/cli')).toEqual(['pkg:npm/%40smithy/core@3.41.1', 'pkg:npm/preact@11.0.0-beta.1']);
    expect(ofBundle('assets/event-relay')).toEqual(['pkg:npm/%40smithy/core@3.41.1']);
  });
});

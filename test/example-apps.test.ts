import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const { devDependencies, peerDependencies } = JSON.parse(read('package.json')) as Record<'devDependencies' | 'peerDependencies', Record<string, string>>;
/** The oldest versions that the package supports. The package is built and tested with them. */
const CDK = peerDependencies['aws-cdk-lib'].replace('^', '');
const CONSTRUCTS = peerDependencies.constructs.replace('^', '');
const CLI = devDependencies['aws-cdk'];

/** The file with the app of each language, and the file with its dependencies. */
const APPS = {
  typescript: { app: 'bin/shop.ts', dependencies: 'package.json' },
  python: { app: 'app.py', dependencies: 'requirements.txt' },
  java: { app: 'src/main/java/com/example/shop/ShopApp.java', dependencies: 'pom.xml' },
  go: { app: 'main.go', dependencies: 'go.mod' },
  csharp: { app: 'src/Shop/Program.cs', dependencies: 'src/Shop/Shop.csproj' },
};

test('there is one folder for each language', () => {
  expect(readdirSync(join(ROOT, 'examples')).sort()).toEqual(['README.md', ...Object.keys(APPS)].sort());
});

describe.each(Object.entries(APPS))('the example in %s', (language, { app, dependencies }) => {
  const folder = `examples/${language}`;

  test('has a README with the way from the installation to the deployment', () => {
    expect([...read(`${folder}/README.md`).matchAll(/^## (.+)$/gm)].map(([, heading]) => heading)).toEqual(['Install', 'Synthesize', 'Deploy', 'Next steps']);
  });

  test('is in the environment dev by default', () => {
    expect(JSON.parse(read(`${folder}/cdk.json`))).toMatchObject({ app: expect.any(String), context: { environment: 'dev' } });
  });

  test('pins the versions of the CDK that the package is built with', () => {
    const versions = read(`${folder}/${dependencies}`);

    for (const version of [CDK, CONSTRUCTS]) {
      expect(versions).toMatch(new RegExp(`(?<![.\\d])${version.replaceAll('.', '\\.')}(?![.\\d])`));
    }
    // npm installs the tool with the app.
    expect(language === 'typescript' ? versions : read(`${folder}/README.md`)).toContain(language === 'typescript' ? `"aws-cdk": "${CLI}"` : `npx aws-cdk@${CLI} `);
  });

  // The templates of the other languages are compared. C# is not synthesized.
  test('has the strings and the numbers of the one in TypeScript', () => {
    const [own, reference] = [read(`${folder}/${app}`), read(`examples/typescript/${APPS.typescript.app}`)].map(withoutImports);

    expect(stringsIn(reference).filter((text) => !own.includes(`"${text}"`) && !own.includes(`'${text}'`))).toEqual([]);
    expect(numbersIn(own)).toEqual(numbersIn(reference));
  });
});

function withoutImports(source: string): string {
  return source.replace(/^(?:#!|import|using|from|\t").*$/gm, '').replace(/^\s*(?:\/\/|#).*$/gm, '');
}

function stringsIn(source: string): string[] {
  return [...source.matchAll(/'([^'\n]+)'/g)].map(([, text]) => text);
}

function numbersIn(source: string): number[] {
  return [...source.matchAll(/\b\d[\d_]*\b/g)].map(([text]) => Number(text.replaceAll('_', ''))).sort((a, b) => a - b);
}

import type { ContentRules } from './content-rules';

/** What a file of a language's package is for. */
export interface PackagedFile {
  readonly registry: string;
  /** Matches its path below `dist/<language>`. */
  readonly path: RegExp;
  readonly rules: ContentRules;
  /** Matches the npm package in it. */
  readonly npmPackage?: RegExp;
}

/** How jsii packs for a language, and what must be in the result. */
export interface LanguageTarget {
  readonly language: string;
  /** The command that packing needs. Without it, the sources are generated only. */
  readonly needs?: string;
  /** jsii generates the package's content, and what the registry serves is this content. */
  readonly codeOnly?: boolean;
  readonly packages: readonly PackagedFile[];
}

const NO_TESTS = [/(?:^|\/)tests?\//, /\.(?:png|map)$/];
const PYTHON_MODULE = 'cdk_webhook_processing_system';
const JAVA_FOLDER = 'io/github/cdkwebhooks/processing';

/** The packages of the other languages. The limits leave room for about half as much again. */
export const LANGUAGE_TARGETS: readonly LanguageTarget[] = [
  {
    language: 'python',
    packages: [
      {
        registry: 'PyPI wheel',
        path: /\.whl$/,
        npmPackage: /\.jsii\.tgz$/,
        rules: {
          required: [`${PYTHON_MODULE}/__init__.py`, `${PYTHON_MODULE}/py.typed`, `${PYTHON_MODULE}-<version>.dist-info/LICENSE`, `${PYTHON_MODULE}-<version>.data/scripts/cdk-webhooks`],
          forbidden: NO_TESTS,
          maxBytes: 4e6,
        },
      },
      {
        registry: 'PyPI sdist',
        path: /\.tar\.gz$/,
        rules: {
          required: ['README.md', 'LICENSE', 'setup.py', 'pyproject.toml', `src/${PYTHON_MODULE}/__init__.py`, `src/${PYTHON_MODULE}/py.typed`],
          forbidden: NO_TESTS,
          maxBytes: 4e6,
        },
      },
    ],
  },
  {
    language: 'java',
    needs: 'mvn',
    packages: [
      {
        registry: 'Maven Central jar',
        path: /<version>\.jar$/,
        npmPackage: /\.jsii\.tgz$/,
        rules: {
          required: [`${JAVA_FOLDER}/WebhookProcessingSystem.class`, `${JAVA_FOLDER}/$Module.txt`, 'META-INF/maven/io.github.cdk-webhooks/cdk-webhook-processing-system/pom.xml'],
          forbidden: NO_TESTS,
          maxBytes: 4.5e6,
        },
      },
      // The README is the documentation of the Java package.
      { registry: 'Maven Central sources', path: /-sources\.jar$/, rules: { required: [`${JAVA_FOLDER}/package-info.java`, `${JAVA_FOLDER}/WebhookProcessingSystem.java`], forbidden: NO_TESTS, maxBytes: 4.5e6 } },
      { registry: 'Maven Central javadoc', path: /-javadoc\.jar$/, rules: { required: ['index.html', `${JAVA_FOLDER}/package-summary.html`, `${JAVA_FOLDER}/WebhookProcessingSystem.html`], forbidden: [], maxBytes: 3e6 } },
    ],
  },
  {
    language: 'go',
    codeOnly: true,
    packages: [{
      registry: 'Go module',
      path: /^webhooks$/,
      npmPackage: /\.tgz$/,
      rules: { required: ['go.mod', 'README.md', 'LICENSE', 'version', 'WebhookProcessingSystem.go'], forbidden: NO_TESTS, maxBytes: 9e6 },
    }],
  },
  {
    language: 'dotnet',
    needs: 'dotnet',
    packages: [
      {
        registry: 'NuGet',
        path: /\.nupkg$/,
        rules: { required: ['CdkWebhooks.nuspec', 'lib/net6.0/CdkWebhooks.dll'], forbidden: NO_TESTS, maxBytes: 6e6 },
      },
    ],
  },
];

/** What the sources for .NET contain where no SDK packs them. */
export const DOTNET_SOURCES: PackagedFile = {
  registry: 'NuGet, generated sources only',
  path: /^CdkWebhooks$/,
  npmPackage: /\.tgz$/,
  rules: { required: ['CdkWebhooks.csproj', 'LICENSE', 'CdkWebhooks/WebhookProcessingSystem.cs'], forbidden: NO_TESTS, maxBytes: 9e6 },
};

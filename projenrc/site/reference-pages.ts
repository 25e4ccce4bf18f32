import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  Documentation, Language, MarkdownRenderer,
  type ClassSchema, type ConstructSchema, type EnumSchema, type InterfaceSchema, type JsiiEntity, type Schema, type StructSchema,
} from 'jsii-docgen';
import { markdownLines, type SitePage } from './site-page';

/** The languages of the reference, and the folder of each on the site. */
export const REFERENCE_LANGUAGES = [
  { name: 'TypeScript', folder: 'typescript', language: Language.TYPESCRIPT },
  { name: 'Python', folder: 'python', language: Language.PYTHON },
  { name: 'Java', folder: 'java', language: Language.JAVA },
  { name: 'C#', folder: 'csharp', language: Language.CSHARP },
  { name: 'Go', folder: 'go', language: Language.GO },
] as const;

/** The reference of one language: its pages, and their groups for the sidebar. */
export interface LanguageReference {
  readonly name: string;
  readonly folder: string;
  /** The README with the examples in this language. */
  readonly readme: string;
  readonly pages: readonly SitePage[];
  readonly groups: ReadonlyArray<{ readonly title: string; readonly types: ReadonlyArray<{ readonly name: string; readonly path: string }> }>;
}

/** Reads the compiled package, and returns its reference in each language. */
export async function languageReferences(root: string): Promise<LanguageReference[]> {
  for (const file of ['.jsii', '.jsii.tabl.json']) {
    if (!existsSync(join(root, file))) {
      throw new Error(`${file} does not exist. Run \`npx projen docs:site\`, which compiles the package first.`);
    }
  }
  const documentation = await Documentation.forProject(root);
  const references: LanguageReference[] = [];
  for (const { name, folder, language } of REFERENCE_LANGUAGES) {
    const { content } = await documentation.toJson({ language, readme: true });
    references.push(languageReference(name, folder, language, content));
  }
  return references;
}

/** Writes the pages of one language. The names of the sections and the anchors are the same in each language. */
function languageReference(name: string, folder: string, language: Language, { apiReference, metadata, readme }: Schema): LanguageReference {
  const names = ({ id }: Pick<JsiiEntity, 'id'>) => id.slice(metadata.packageName.length + 1).split('.');
  const typeOf = (entity: Pick<JsiiEntity, 'id'>) => names(entity)[0];
  const anchorOf = (entity: Pick<JsiiEntity, 'id'>) => names(entity).slice(1).join('-').toLowerCase();
  const renderer = new MarkdownRenderer({
    ...metadata,
    language,
    anchorFormatter: anchorOf,
    linkFormatter: (entity) => (
      entity.packageName === metadata.packageName
        ? `<a href="./${typeOf(entity)}${anchorOf(entity) && `#${anchorOf(entity)}`}">${entity.displayName}</a>`
        : entity.fqn
    ),
  });
  const { constructs, classes, interfaces, structs, enums } = apiReference!;
  const groups = [
    { title: 'Constructs', types: constructs, render: (type: ConstructSchema) => renderer.visitConstruct(type) },
    { title: 'Classes', types: classes, render: (type: ClassSchema) => renderer.visitClass(type) },
    { title: 'Interfaces', types: interfaces, render: (type: InterfaceSchema) => renderer.visitInterface(type) },
    { title: 'Structs', types: structs, render: (type: StructSchema) => renderer.visitStruct(type) },
    { title: 'Enums', types: enums, render: (type: EnumSchema) => renderer.visitEnum(type) },
  ].filter(({ types }) => types.length > 0).map(({ title, types, render }) => ({
    title,
    types: types.map((type) => ({ name: type.displayName, file: typeOf(type), docs: type.docs, markdown: render(type as never).render() })),
  }));
  const page = (file: string, markdown: string): SitePage => ({
    path: `reference/${folder}/${file}.md`,
    markdown,
    language: name,
    search: folder === 'typescript' ? undefined : 'headings',
  });
  const packageName = classes[0].fqn.slice(0, -classes[0].displayName.length - 1);
  const index = [
    '# Reference',
    languageLinks('index', folder),
    `These are the types of \`${packageName}\`. Structs are sets of options.`,
    ...groups.flatMap(({ title, types }) => [
      `## ${title}`, types.map((type) => `- [${type.name}](./${type.file}.md): ${type.docs?.summary ?? ''}`).join('\n'),
    ]),
  ];
  return {
    name,
    folder,
    readme: readme ?? '',
    pages: [
      page('index', index.join('\n\n')),
      ...groups.flatMap(({ types }) => types.map(({ file, markdown }) => page(file, typePage(markdown, languageLinks(file, folder))))),
    ],
    groups: groups.map(({ title, types }) => ({ title, types: types.map((type) => ({ name: type.name, path: `reference/${folder}/${type.file}.md` })) })),
  };
}

/** The same page in the other languages. */
function languageLinks(file: string, current: string): string {
  return REFERENCE_LANGUAGES.map(({ name, folder }) => (folder === current ? `**${name}**` : `[${name}](../${folder}/${file}.md)`)).join(' · ');
}

/** The page of a type from the Markdown of jsii-docgen: headings one level down, with their anchors in the form of the site, without rules between members, and examples that begin at the left. */
export function typePage(markdown: string, languages: string): string {
  const [title, ...lines] = markdownLines(withoutIndents(markdown)).filter(({ line, isCode }) => isCode || line !== '---').map(({ line, isCode }) => {
    const heading = !isCode && /^(#*) (.+?)(<sup>(.+)<\/sup>)? <a name="[^"]*" id="([^"]*)"><\/a>$/.exec(line);
    if (!heading) {
      return line;
    }
    const [, marks, text, , requirement, anchor] = heading;
    return `#${marks} ${text}${requirement ? ` <Badge type="info" text="${requirement.toLowerCase()}" />` : ''}${anchor && ` {:#${anchor.toLowerCase().replaceAll(' ', '-')}:}`}`;
  });
  return [title, '', languages, '', ...lines].join('\n');
}

/** Some examples are indented in the docstring. */
function withoutIndents(markdown: string): string {
  return markdown.replace(/^(```\w+\n)([\s\S]*?)^```$/gm, (_, fence: string, code: string) => {
    const indent = Math.min(...code.split('\n').filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
    return `${fence}${code.split('\n').map((line) => line.slice(indent)).join('\n')}\`\`\``;
  });
}

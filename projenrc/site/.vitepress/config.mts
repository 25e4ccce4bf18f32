import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, type MarkdownOptions } from 'vitepress';
import { headingAnchor } from '../site-page';
import { REPOSITORY_URL, SITE_BASE, SITE_URL } from '../site-url';

const ROOT = join(__dirname, '../../..');
const { description, languages, sidebar } = JSON.parse(readFileSync(join(ROOT, '.site/navigation.json'), 'utf8'));

/** HTML that the pages use. Anything else in angle brackets is text, such as `<suffix>`. */
const HTML = /^<(?:!--[\s\S]*--|\/?(?:a|code|sup|br|Badge)\b[^>]*)>$/;

const markdown: MarkdownOptions = {
  anchor: { slugify: headingAnchor },
  // The default of one brace occurs in the texts.
  attrs: { leftDelimiter: '{:', rightDelimiter: ':}' },
  theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
  image: { lazyLoading: true },
  config(md) {
    const { escapeHtml } = md.utils;
    md.renderer.rules.html_inline = (tokens, index) => {
      const { content } = tokens[index];
      return HTML.test(content) ? content : escapeHtml(content);
    };
    // Vue evaluates what is between two braces.
    md.renderer.rules.text = (tokens, index) => escapeHtml(tokens[index].content).replaceAll('{{', '&#123;&#123;');
    // A table that is wider than the page scrolls, also with the keys.
    md.renderer.rules.table_open = () => '<div class="table" tabindex="0" role="group" aria-label="Table"><table>';
    md.renderer.rules.table_close = () => '</table></div>';
  },
};

export default defineConfig({
  title: 'cdk-webhook-processing-system',
  description,
  lang: 'en-US',
  base: SITE_BASE,
  cleanUrls: true,
  srcDir: join(ROOT, '.site/pages'),
  outDir: join(ROOT, '.site/html'),
  cacheDir: join(ROOT, '.site/cache'),
  sitemap: { hostname: SITE_URL },
  head: [['link', { rel: 'icon', type: 'image/svg+xml', href: `${SITE_BASE}logo.svg` }]],
  markdown,
  vite: { publicDir: join(ROOT, '.site/pages/public'), build: { chunkSizeWarningLimit: 4_000 } },
  themeConfig: {
    logo: { src: '/logo.svg', alt: '' },
    siteTitle: 'Webhook processing',
    nav: [
      { text: 'Guide', link: '/guide/try-it', activeMatch: '^/guide/' },
      { text: 'Architecture', link: '/architecture' },
      { text: 'Providers', link: '/providers/', activeMatch: '^/providers/' },
      { text: 'Runbook', link: '/runbook' },
      { text: 'Reference', activeMatch: '^/reference/', items: languages },
    ],
    sidebar,
    outline: [2, 3],
    socialLinks: [{ icon: 'github', link: REPOSITORY_URL, ariaLabel: 'The repository on GitHub' }],
    editLink: { pattern: `${REPOSITORY_URL}/edit/main/:path`, text: 'Edit this page on GitHub' },
    externalLinkIcon: true,
    search: {
      provider: 'local',
      options: {
        _render(source, env, md) {
          const html = md.render(source, env);
          const { search, language } = env.frontmatter ?? {};
          // A parameter is a part of its method. The types have the same names in each language.
          const sections = html.replace(/<(\/?)h[4-6]\b/g, '<$1p').replace(/(?= *<a class="header-anchor")/, language ? ` (${language})` : '');
          // Without the texts, the index stays small.
          return search === 'headings' ? (sections.match(/<h[1-3]\b[^>]*>[\s\S]*?<\/h[1-3]>/g) ?? []).join('\n') : sections;
        },
        miniSearch: {
          searchOptions: {
            boostDocument: (path: string) => (path.includes('/reference/') ? path.includes('/typescript/') ? 0.6 : 0.3 : 1),
          },
        },
      },
    },
    notFound: {
      title: 'Page not found',
      quote: 'This page does not exist, or it has moved. Use the search, or start at the home page.',
      linkText: 'Go to the home page',
      linkLabel: 'Go to the home page',
    },
    footer: { message: 'Released under the Apache License 2.0.' },
  },
  transformPageData(page) {
    page.filePath = page.frontmatter.editedFile ?? page.filePath;
  },
});

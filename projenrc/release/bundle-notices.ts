/** A package whose code is in a bundle, as the notices name it. */
export interface NoticedPackage {
  readonly name: string;
  readonly version: string;
  readonly license: string;
}

/** `@scope/name 1.2.3 (MIT)`, which projenrc/third-party-notices.ts writes. */
const NOTICE = /^((?:@[^\s/]+\/)?[^\s/@]+) (\d+\.\d+\.\d+\S*) \(([\w.-]+)\)$/;

/** The packages that a file of notices names. Each section names them between a line of hyphens and an empty line. */
export function packagesInNotices(notices: string): NoticedPackage[] {
  return notices.split(/^-{80}$/m).slice(1).flatMap((section) => {
    const [names] = section.trimStart().split('\n\n', 1);
    return names.split('\n').map((line) => {
      const match = NOTICE.exec(line);
      if (match === null) {
        throw new Error(`THIRD-PARTY-NOTICES has a line that is not "name version (license)": ${line}`);
      }
      const [, name, version, license] = match;
      return { name, version, license };
    });
  });
}

import { outputOf } from './run-command';

const LIST_ZIP = 'import sys, zipfile; print("\\n".join(zipfile.ZipFile(sys.argv[1]).namelist()))';
const READ_ZIP = 'import sys, zipfile; zipfile.ZipFile(sys.argv[1]).extract(sys.argv[2], sys.argv[3])';

/** The files in an archive: a tarball below one folder, or a zip file. Without folders. */
export function filesIn(archive: string): string[] {
  const isTarball = /\.(?:tgz|tar\.gz)$/.test(archive);
  const names = isTarball ? outputOf('tar', ['-tzf', archive]) : outputOf('python3', ['-c', LIST_ZIP, archive]);
  return names.split('\n').filter((name) => name !== '' && !name.endsWith('/')).map((name) => (isTarball ? name.replace(/^[^/]+\//, '') : name)).sort();
}

/** Extracts one file of a zip file, and returns its path. */
export function extractFromZip(archive: string, name: string, folder: string): string {
  outputOf('python3', ['-c', READ_ZIP, archive, name, folder]);
  return `${folder}/${name}`;
}

/** Extracts a tarball without its outer folder. */
export function extractTarball(archive: string, folder: string): void {
  outputOf('tar', ['-xzf', archive, '--strip-components=1', '-C', folder]);
}

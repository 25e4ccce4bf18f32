import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { draw } from './browser';
import { picturesOf } from './picture-list';
import { hashOf, PICTURES_FOLDER, RECORD_FILE, recordOf } from './record';
import { pictureSources } from './sources';

async function drawPictures(): Promise<void> {
  const { sources, content } = await pictureSources();
  const pictures = picturesOf(sources, content);
  const drawn = await draw(pictures);
  mkdirSync(PICTURES_FOLDER, { recursive: true });
  for (const { file, png } of drawn) {
    writeFileSync(join(PICTURES_FOLDER, file), png);
    process.stdout.write(`docs/pictures/${file}: ${Math.ceil(png.length / 1024)} KB\n`);
  }
  const record = { ...recordOf(sources, pictures), files: Object.fromEntries(drawn.map(({ file, png }) => [file, hashOf(png)])) };
  writeFileSync(join(PICTURES_FOLDER, RECORD_FILE), `${JSON.stringify(record, undefined, 2)}\n`);
}

drawPictures().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});

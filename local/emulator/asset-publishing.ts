import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CreateBucketCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { zipOf } from './zip-file';
import { ACCOUNT, DEFAULT_REGION } from '../../cli/local/emulator/emulator-environment';

/** The manifest of a stack's assets that the CDK writes. */
interface PublishedAssets {
  readonly files: {
    readonly [hash: string]: {
      readonly source: { readonly path: string; readonly packaging: 'file' | 'zip' };
      readonly destinations: { readonly [id: string]: { readonly bucketName: string; readonly objectKey: string } };
    };
  };
}

/** Uploads the assets of a stack, as `cdk deploy` does, and returns the URL of its template. */
export async function publishAssets(s3: S3Client, folder: string, stack: string): Promise<string> {
  const { files } = JSON.parse(readFileSync(join(folder, `${stack}.assets.json`), 'utf8')) as PublishedAssets;
  const objects = Object.values(files).flatMap(({ source, destinations }) => Object.values(destinations).map(({ bucketName, objectKey }) => ({
    source, Bucket: physicalName(bucketName), Key: objectKey,
  })));
  for (const name of new Set(objects.map(({ Bucket }) => Bucket))) {
    await s3.send(new CreateBucketCommand({ Bucket: name }));
  }
  await Promise.all(objects.map(({ source: { path, packaging }, Bucket, Key }) => s3.send(new PutObjectCommand({
    Bucket, Key, Body: packaging === 'zip' ? zipOf(contentsOf(join(folder, path))) : readFileSync(join(folder, path)),
  }))));
  const template = objects.find(({ source }) => source.path === `${stack}.template.json`)!;
  return `https://s3.${DEFAULT_REGION}.amazonaws.com/${template.Bucket}/${template.Key}`;
}

function physicalName(name: string): string {
  return name.replaceAll('${AWS::AccountId}', ACCOUNT).replaceAll('${AWS::Region}', DEFAULT_REGION);
}

/** The contents of the files of a folder, by their paths in it. */
function contentsOf(folder: string): Map<string, Buffer> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  return new Map(files.map((file) => [file.slice(folder.length + 1), readFileSync(file)]));
}

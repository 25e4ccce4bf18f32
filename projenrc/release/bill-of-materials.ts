import { Enums, Models, Serialize, Spec, Validation } from '@cyclonedx/cyclonedx-library';
import type { NoticedPackage } from './bundle-notices';

/** A package, and the packages in each of its bundles. */
export interface BundledContent {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  /** By the folder of the bundle. */
  readonly bundles: ReadonlyMap<string, readonly NoticedPackage[]>;
}

/**
 * A software bill of materials in the format of CycloneDX. The package depends on
 * its two peers only: what it contains of others is in its bundles.
 * Throws if the result does not follow the schema of CycloneDX.
 */
export async function renderBillOfMaterials(content: BundledContent): Promise<string> {
  const bom = new Models.Bom();
  const root = componentOf(content);
  bom.metadata.component = root;
  const libraries = new Map<string, Models.Component>();
  for (const [folder, packages] of content.bundles) {
    const bundle = new Models.Component(Enums.ComponentType.Application, folder, { version: content.version, bomRef: `${root.bomRef.value}#${folder}` });
    bom.components.add(bundle);
    root.dependencies.add(bundle.bomRef);
    for (const bundled of packages) {
      const library = libraries.get(purlOf(bundled)) ?? componentOf(bundled);
      libraries.set(purlOf(bundled), library);
      bundle.dependencies.add(library.bomRef);
    }
  }
  libraries.forEach((library) => bom.components.add(library));

  const text = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6)).serialize(bom, { sortLists: true, space: 2 });
  const error = await new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(text);
  if (error !== null) {
    throw new Error(`The bill of materials does not follow the schema of CycloneDX: ${JSON.stringify(error)}`);
  }
  return `${text}\n`;
}

function componentOf({ name, version, license }: NoticedPackage): Models.Component {
  const [, group, baseName] = /^(?:(@[^/]+)\/)?(.+)$/.exec(name)!;
  const purl = purlOf({ name, version });
  const component = new Models.Component(Enums.ComponentType.Library, baseName, { group, version, purl, bomRef: purl });
  component.licenses.add(new Models.SpdxLicense(license));
  return component;
}

/** The address of a package: https://github.com/package-url/purl-spec. */
function purlOf({ name, version }: Pick<NoticedPackage, 'name' | 'version'>): string {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`;
}

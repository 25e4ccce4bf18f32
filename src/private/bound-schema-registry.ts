/** The registry of the schemas. */
export interface BoundSchemaRegistry {
  /** The name of an existing registry. Not set: one is created. */
  readonly registryName?: string;
}

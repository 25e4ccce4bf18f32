/** Another name of the one fake table, for tests that only put. */
export { FakeTable as PutTable } from './fake-table';

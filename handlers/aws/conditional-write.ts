/** The error of a write whose condition was not met, in the SDK and in the JSON protocol. */
export const CONDITION_NOT_MET = 'ConditionalCheckFailedException';

/** Whether the condition of a write was met. Throws on any other failure. */
export async function conditionMet(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === CONDITION_NOT_MET) {
      return false;
    }
    throw error;
  }
}

/** The least that Node can load. */
export const handler = async (): Promise<object> => ({ statusCode: 200 });

/** Loads @peculiar/x509 at its first use: it is slow to load and only issuing needs it. reflect-metadata must come first. */
export const loadX509 = async (): Promise<typeof import('@peculiar/x509')> => {
  await import('reflect-metadata');
  return import('@peculiar/x509');
};

/** Hands bytes to the browser as a file to keep. */
export const saveFile = (bytes: Uint8Array<ArrayBuffer>, name: string, type: string): void => {
  const address = URL.createObjectURL(new Blob([bytes], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has begun to read by the time a minute has gone.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
};

/**
 * Whether a file is a workbook with a password: an OLE container whose directory names the encrypted
 * package. An old .xls is such a container too, without it.
 *
 * @see MS-CFB 2.2 (header), MS-OFFCRYPTO 2.3.4.4 (EncryptedPackage)
 */
export async function isEncryptedWorkbook(file: Blob): Promise<boolean> {
  const header = new DataView(await file.slice(0, 512).arrayBuffer());
  if (header.byteLength < 512 || header.getUint32(0) !== 0xd0cf11e0) return false;
  const sectorBytes = 2 ** header.getUint16(30, true);
  const directory = (header.getUint32(48, true) + 1) * sectorBytes;
  const entries = await file.slice(directory, directory + 4096).arrayBuffer();
  return new TextDecoder("utf-16le").decode(entries).includes("EncryptedPackage");
}

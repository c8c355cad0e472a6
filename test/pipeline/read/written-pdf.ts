/** A page of a hand-written PDF: lines of Helvetica from the top, or a JPEG over the whole page. */
export type PdfPage = {
  readonly lines?: readonly string[];
  readonly jpeg?: { readonly bytes: Buffer; readonly width: number; readonly height: number };
  /** Instead of both: content packed with deflate. */
  readonly deflated?: Buffer;
  /** In points of 1/72 inch. */
  readonly width?: number;
  readonly height?: number;
  /** Clockwise, in degrees. */
  readonly rotate?: number;
};
type PdfOptions = {
  /** With a key that no empty password opens. */
  readonly encrypted?: boolean;
  readonly openAction?: string;
};

/** Writes a PDF by hand, so that tests say exactly what is in it. */
export function writePdf(pages: readonly PdfPage[], { encrypted = false, openAction }: PdfOptions = {}): Buffer {
  const objects: (string | Buffer)[] = [];
  const add = (body: string | Buffer) => objects.push(body);
  const pageIds = pages.map((_, index) => 4 + index * 3);
  const action = openAction ? `/OpenAction << /S /JavaScript /JS (${openAction}) >>` : '';
  add(`<< /Type /Catalog /Pages 2 0 R ${action} >>`);
  add(`<< /Type /Pages /Count ${pages.length} /Kids [${pageIds.map((id) => `${id} 0 R`).join(' ')}] >>`);
  add('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>');
  pages.forEach((page, index) => {
    const id = pageIds[index] ?? 0;
    add(pageObject(page, id));
    add(page.deflated ? stream('/Filter /FlateDecode', page.deflated) : stream('', contentOf(page)));
    add(page.jpeg ? imageObject(page.jpeg) : '<< >>');
  });
  const key = 'A'.repeat(32);
  const encrypt = `<< /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O (${key}) /U (${key}) >>`;
  return assemble(objects, encrypted ? `/Encrypt ${encrypt} /ID [<00112233445566778899aabbccddeeff> <00>]` : '');
}

function pageObject({ width = 252, height = 324, rotate = 0 }: PdfPage, id: number): string {
  const resources = `/Resources << /Font << /F1 3 0 R >> /XObject << /Im1 ${id + 2} 0 R >> >>`;
  return `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${width} ${height}] /Rotate ${rotate} /Contents ${id + 1} 0 R ${resources} >>`;
}

function contentOf({ lines = [], jpeg, width = 252, height = 324 }: PdfPage): Buffer {
  const image = jpeg ? `q ${width} 0 0 ${height} 0 0 cm /Im1 Do Q\n` : '';
  const escaped = (line: string) => line.replace(/[\\()]/g, '\\$&');
  const text = lines.map((line, index) => `BT /F1 12 Tf 20 ${height - 30 - index * 22} Td (${escaped(line)}) Tj ET`);
  return Buffer.from(image + text.join('\n'), 'latin1');
}

function imageObject({ bytes, width, height }: NonNullable<PdfPage['jpeg']>): Buffer {
  const kind = `/Type /XObject /Subtype /Image /Width ${width} /Height ${height}`;
  return stream(`${kind} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode`, bytes);
}

function stream(dictionary: string, bytes: Buffer): Buffer {
  const head = `<< ${dictionary} /Length ${bytes.length} >>\nstream\n`;
  return Buffer.concat([Buffer.from(head), bytes, Buffer.from('\nendstream')]);
}

function assemble(objects: readonly (string | Buffer)[], trailer: string): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n')];
  const offsets: number[] = [];
  let length = parts[0]?.length ?? 0;
  objects.forEach((body, index) => {
    const part = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), Buffer.from(body), Buffer.from('\nendobj\n')]);
    offsets.push(length);
    parts.push(part);
    length += part.length;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  const end = `xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R ${trailer} >>\nstartxref\n${length}\n%%EOF\n`;
  return Buffer.concat([...parts, Buffer.from(end)]);
}

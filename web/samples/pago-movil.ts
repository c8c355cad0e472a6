/** A payment proof as a phone's bank app shows it; people, numbers and layout are invented. */
const rows: readonly (readonly [string, string])[] = [
  ['Fecha:', '18/04/2026'],
  ['Operación:', '004519827364'],
  ['Identificación:', '12345674'],
  ['Origen:', '0102****4821'],
  ['Destino:', '04120005566'],
  ['Banco:', '0134 - BANESCO'],
  ['Concepto:', 'taxi'],
];

export function pagoMovil(): string {
  const drawn = rows.map(([label, value], index) => {
    const y = 560 + index * 78;
    return `<text x="70" y="${y}" fill="#5c6670">${label}</text><text x="650" y="${y}" text-anchor="end" fill="#1c2126" font-weight="bold">${value}</text>
    <line x1="70" x2="650" y1="${y + 26}" y2="${y + 26}" stroke="#e3e7ea" stroke-width="2"/>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="720" height="1280" font-family="DejaVu Sans, Liberation Sans, sans-serif" font-size="28">
  <rect width="720" height="1280" fill="#eef2f4"/>
  <rect width="720" height="250" fill="#0f4c5c"/>
  <text x="36" y="46" fill="#ffffff" font-size="24">10:31</text>
  <rect x="640" y="26" width="44" height="22" rx="5" fill="none" stroke="#fff" stroke-width="2"/><rect x="644" y="30" width="28" height="14" fill="#fff"/>
  <text x="360" y="130" fill="#ffffff" font-size="34" font-weight="bold" text-anchor="middle">Pago Móvil</text>
  <rect x="36" y="180" width="648" height="1020" rx="28" fill="#ffffff"/>
  <circle cx="360" cy="268" r="44" fill="#2f9e6e"/>
  <path d="M338 268 l16 17 l29 -33" stroke="#fff" stroke-width="8" fill="none" stroke-linecap="round" stroke-linejoin="round"/>
  <text x="360" y="364" text-anchor="middle" fill="#1c2126" font-size="30" font-weight="bold">¡Operación exitosa!</text>
  <text x="360" y="446" text-anchor="middle" fill="#0f4c5c" font-size="54" font-weight="bold">1.850,00 Bs</text>
  <line x1="70" x2="650" y1="492" y2="492" stroke="#c9d1d6" stroke-width="2" stroke-dasharray="8 8"/>
  ${drawn.join('\n  ')}
  <text x="360" y="1158" text-anchor="middle" fill="#8a949c" font-size="24">MUESTRA · SIN VALOR</text>
</svg>`;
}

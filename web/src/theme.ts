import { createTheme, type MantineColorsTuple } from '@mantine/core';

const recibot: MantineColorsTuple = [
  '#e6f7f1',
  '#cdebe0',
  '#9ed7c3',
  '#6bc2a4',
  '#42b08a',
  '#27a479',
  '#159a6f',
  '#0b7a5c',
  '#066a4f',
  '#005940',
];

export const theme = createTheme({
  primaryColor: 'recibot',
  primaryShade: { light: 7, dark: 5 },
  colors: { recibot },
  autoContrast: true,
  defaultRadius: 'md',
  cursorType: 'pointer',
  fontFamily:
    'Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "DejaVu Sans", sans-serif',
  headings: { fontWeight: '650' },
});

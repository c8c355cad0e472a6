import { ActionIcon, SegmentedControl, Tooltip, useMantineColorScheme } from '@mantine/core';
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';
import { useWords } from '../i18n/use-words.tsx';

const schemes = [
  { value: 'auto', icon: IconDeviceDesktop },
  { value: 'light', icon: IconSun },
  { value: 'dark', icon: IconMoon },
] as const;

/** All three side by side where there is room; else one button that goes round. */
export function SchemeToggle({ isWide = false }: { isWide?: boolean }) {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const words = useWords();
  if (isWide) {
    const data = schemes.map(({ value, icon: Icon }) => ({
      value,
      label: <Icon size={16} aria-label={words.scheme[value]} style={{ display: 'block', margin: '2px auto' }} />,
    }));
    return (
      <SegmentedControl
        aria-label={words.scheme.label}
        data={data}
        value={colorScheme}
        onChange={setColorScheme}
        size="xs"
        fullWidth
      />
    );
  }
  const index = schemes.findIndex(({ value }) => value === colorScheme);
  const { value, icon: Icon } = schemes[index] ?? schemes[0];
  const next = schemes[(index + 1) % schemes.length] ?? schemes[0];
  const label = `${words.scheme.label}: ${words.scheme[value]}`;
  return (
    <Tooltip label={label}>
      <ActionIcon variant="default" size={30} aria-label={label} onClick={() => setColorScheme(next.value)}>
        <Icon size={16} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

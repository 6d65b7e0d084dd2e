import { createTheme, type MantineColorsTuple, type MantineThemeOverride } from '@mantine/core'

/** The turquoise of the tiles of Bukhara; the darker steps carry text on light ground (contrast AA). */
const turquoise: MantineColorsTuple = [
  '#e8f7f5',
  '#d0edea',
  '#9fdad6',
  '#6cc7c2',
  '#40b6b0',
  '#1fa6a0',
  '#168a85',
  '#0c736f',
  '#085d5a',
  '#044645',
]

/** Caution: its darkest steps carry text on its lightest (contrast AA). */
const orange: MantineColorsTuple = [
  '#fdf3e4',
  '#fae6c9',
  '#f4cd94',
  '#eab562',
  '#e1a043',
  '#d9902f',
  '#bd7720',
  '#9a5c12',
  '#7d480b',
  '#6b3c07',
]

/** Danger: filled it carries white text (contrast AA). */
const red: MantineColorsTuple = [
  '#fceeeb',
  '#f7d9d3',
  '#efb0a5',
  '#e58574',
  '#d9614c',
  '#cf4e38',
  '#c4432f',
  '#b53a27',
  '#97301f',
  '#7c2718',
]

const FONT = '"Noto Sans Variable", "Noto Sans", system-ui, sans-serif'

const theme = createTheme({
  fontFamily: FONT,
  headings: {
    fontFamily: FONT,
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '1.25' },
      h2: { fontSize: '1.125rem', lineHeight: '1.3' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.35' },
    },
  },
  fontSizes: { xs: '0.8125rem', sm: '0.8125rem', md: '0.9375rem', lg: '1.125rem', xl: '1.5rem' },
  colors: { turquoise, orange, red },
  primaryColor: 'turquoise',
  primaryShade: { light: 7, dark: 7 },
  autoContrast: true,
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  other: { success: '#3E8E5A', caution: '#D9902F', danger: '#C4432F' },
})

/** The theme with the words that its own buttons say aloud. */
export function themeWithWords(close: string): MantineThemeOverride {
  const closeButtonProps = { 'aria-label': close }
  return {
    ...theme,
    components: {
      Modal: { defaultProps: { closeButtonProps } },
      Drawer: { defaultProps: { closeButtonProps } },
      Notification: { defaultProps: { closeButtonProps } },
    },
  }
}

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { expect, test } from 'playwright/test'
import { acceptSafety, hostUrl, openApp } from './helpers/app.ts'
import { startHost } from './helpers/host.ts'

test('the first thing a person reads is what Sina is not', async ({ page }) => {
  const data = mkdtempSync(join(tmpdir(), 'sina-first-run-'))
  const host = await startHost(data)
  try {
    await page.goto(host.url)
    const accept = page.getByRole('button', { name: 'I have read this' })
    await expect(accept).toBeVisible()
    await expect(page.getByText('not a medical device', { exact: false })).toBeVisible()
    await acceptSafety(page)
    await page.reload()
    await expect(page.getByRole('navigation').first()).toBeVisible()
    await expect(accept).toHaveCount(0)
  } finally {
    await host.stop()
    rmSync(data, { recursive: true, force: true })
  }
})

test('the page is served under the whole policy', async ({ page }) => {
  const response = await page.goto(hostUrl())
  const headers = response!.headers()
  expect(headers['content-security-policy']).toContain("script-src 'self' 'wasm-unsafe-eval'")
  expect(headers['content-security-policy']).not.toContain('unsafe-eval;')
  expect(headers['cross-origin-opener-policy']).toBe('same-origin')
  expect(headers['cross-origin-embedder-policy']).toBe('require-corp')
  expect(await page.evaluate(() => globalThis.crossOriginIsolated)).toBe(true)
})

test('nothing is asked of any other machine', async ({ page }) => {
  const strangers: string[] = []
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url())
    if (/^(http|ws)/.test(protocol) && hostname !== '127.0.0.1' && hostname !== 'localhost')
      strangers.push(request.url())
  })
  await openApp(page, '/atlas')
  await page.waitForTimeout(3000)
  expect(strangers).toEqual([])
})

for (const route of ['/', '/settings', '/progress', '/instructor', '/tissue', '/tissue/instruments']) {
  test(`no serious accessibility finding at ${route}`, async ({ page }) => {
    const faults = await openApp(page, route)
    await expect(page.getByRole('main')).toBeVisible()
    await page.waitForTimeout(800)
    const { violations } = await new AxeBuilder({ page }).exclude('canvas').analyze()
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([])
    expect(faults).toEqual([])
  })
}

test('the interface speaks Uzbek and Russian', async ({ page }) => {
  await openApp(page, '/settings')
  for (const [language, word] of [
    ['Oʻzbekcha', 'Sozlamalar'],
    ['Русский', 'Настройки'],
    ['English', 'Settings'],
  ] as const) {
    await page.getByText(language, { exact: true }).first().click()
    await expect(page.getByRole('heading', { name: word })).toBeVisible()
  }
})

test('the bar fits into a small window, in the longest language too', async ({ page }) => {
  await openApp(page, '/settings')
  await page.getByText('Русский', { exact: true }).first().click()
  await expect(page.getByRole('heading', { name: 'Настройки' })).toBeVisible()
  for (const width of [1366, 1281, 1101, 1024, 760]) {
    await page.setViewportSize({ width, height: 640 })
    const bar = await page
      .locator('.sina-bar')
      .evaluate(({ scrollWidth, clientWidth }) => ({ scrollWidth, clientWidth }))
    expect(bar).toEqual({ scrollWidth: width, clientWidth: width })
    await expect(page.getByRole('link', { name: 'Ткани' })).toBeVisible()
    await expect(page.getByRole('button', { name: 'Команды' })).toBeVisible()
  }
  await page.getByText('English', { exact: true }).first().click()
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible()
})

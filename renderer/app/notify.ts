import { notifications } from '@mantine/notifications'
import i18next from 'i18next'
import { AppError } from '../../core/contract/index.ts'

/** Tells what went wrong, in the person's language: what, where, what to do. */
export function tellError(error: unknown): void {
  const { title, detail } = errorText(error)
  notifications.show({ color: 'red', title, message: detail, autoClose: 9000, role: 'alert' })
}

export function tell(message: string, title?: string): void {
  notifications.show({ title, message, autoClose: 4000 })
}

/** Texts of a coded error; the raw code only where no translation exists. */
export function errorText(error: unknown): { title: string; detail: string } {
  const app = error instanceof AppError ? error : new AppError('host/internal', { cause: error })
  const params = { ...app.params, where: app.where ?? '' }
  const title = i18next.t(`errors:${app.code}.title`, { ...params, defaultValue: i18next.t('errors:unknown.title') })
  const remedy = i18next.t(`errors:${app.code}.remedy`, { ...params, defaultValue: app.remedy ?? '' })
  const where = app.where ? ` (${app.code}, ${app.where})` : ` (${app.code})`
  return { title, detail: `${remedy}${where}`.trim() }
}

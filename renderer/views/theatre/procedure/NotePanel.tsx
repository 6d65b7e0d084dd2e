import { Button, NumberInput, Select } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCase, useRun } from '../run/context.tsx'

/** The operation note: what was done, in graded fields; then the case is handed over. */
export function NotePanel() {
  const { t } = useTranslation('theatre')
  const { live, texts } = useRun()
  const note = useCase((state) => state.view?.note ?? [])
  const written = note.length > 0 && note.every(({ value }) => value !== null)
  return (
    <div className="dock-group note">
      <h3>{t('note.title')}</h3>
      {note.map(({ field, value }) =>
        field.type === 'choice' ? (
          <Select
            key={field.id}
            size="sm"
            label={texts(field.title)}
            data-item={`note-${field.id}`}
            placeholder={t('note.choose')}
            allowDeselect={false}
            comboboxProps={{ withinPortal: true }}
            data={field.options.map((option, index) => ({ value: String(index), label: texts(option.text) }))}
            value={value === null ? null : String(value)}
            onChange={(chosen) => chosen !== null && live.act('note', field.id, Number(chosen))}
          />
        ) : (
          <Figure key={field.id} id={field.id} label={`${texts(field.title)} (${field.unit})`} value={value} />
        ),
      )}
      <Button
        mt="sm"
        fullWidth
        data-item="finish-case"
        variant={written ? 'filled' : 'light'}
        onClick={() => live.act('finish', 'case')}
      >
        {t('note.finish')}
      </Button>
      {!written && <p className="explain">{t('note.open')}</p>}
    </div>
  )
}

function Figure({ id, label, value }: { id: string; label: string; value: number | null }) {
  const { live } = useRun()
  const [draft, setDraft] = useState<number | string>(value ?? '')
  return (
    <NumberInput
      size="sm"
      label={label}
      data-item={`note-${id}`}
      value={draft}
      onChange={setDraft}
      onBlur={() => typeof draft === 'number' && live.act('note', id, draft)}
      onKeyDown={(event) => event.key === 'Enter' && typeof draft === 'number' && live.act('note', id, draft)}
      hideControls
    />
  )
}

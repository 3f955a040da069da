// On a page where answering is over: shows what this device could not send in time, as text to copy.
import { Device } from './device.mjs'

const root = document.querySelector('[data-sitting]')
const place = root.querySelector('[data-kept]')
const list = place.querySelector('[data-kept-list]')
const KINDS = { answer: 'My answer', comment: 'Comment for the board', note: 'Note to self' }

// The last change to each field, as it would have been saved.
function lastOfEach (changes) {
  return [...new Map(changes.map(change => [change.name, change])).values()]
}

// The words of the page beside which the change belongs: of its question, or of the box about a whole section.
function whereabouts (name) {
  const [kind, id] = name.split('-')
  const row = root.querySelector(`[data-row="${CSS.escape(kind in KINDS ? id : name)}"]`)
  const section = row?.closest('section')?.querySelector('h2')?.textContent.split(':')[0]
  return [KINDS[kind], section, row?.querySelector('dt').textContent].filter(Boolean).join(': ')
}

function inWords ({ name, value }) {
  if (!name.startsWith('answer-')) return value
  return place.querySelector(`[data-choice="${CSS.escape(value)}"]`)?.textContent ?? value
}

function element (tag, className, text) {
  const made = document.createElement(tag)
  made.className = className
  made.textContent = text
  return made
}

function line (change) {
  const row = element('div', 'nhsuk-summary-list__row', '')
  row.append(
    element('dt', 'nhsuk-summary-list__key', whereabouts(change.name)),
    element('dd', 'nhsuk-summary-list__value app-typed app-as-typed', inWords(change))
  )
  return row
}

const device = new Device(root.dataset.key, root.dataset.sitting)
const kept = await device.all()
list.replaceChildren(...lastOfEach(kept).map(line))
place.hidden = !kept.length
place.querySelector('[data-kept-remove]').addEventListener('click', () => {
  for (const change of kept) device.forget(change)
  place.hidden = true
  document.querySelector('h1').setAttribute('tabindex', '-1')
  document.querySelector('h1').focus()
})

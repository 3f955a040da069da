// A member's sitting: every answer is saved as it is made, and what another page of theirs changes is shown. The page
// works without this, by its buttons.
import { Device } from './device.mjs'
import { Sender } from './sender.mjs'

const PAUSE_IN_TYPING = 800 // milliseconds
const root = document.querySelector('[data-sitting]')
const bar = root.querySelector('[data-save-bar]')
const [state, words] = ['state', 'words'].map(part => bar.querySelector(`[data-save-${part}]`))
const status = document.querySelector('[data-save-news]')
const named = name => root.querySelectorAll(`[name="${CSS.escape(name)}"]`)
const isOurs = field => /^(answer|comment|note|reflection)-/.test(field.name ?? '')
let spot = '' // the question that the member is at
let said = '' // what the member was last told about saving

// --- fields ------------------------------------------------------------------------------------------------------

function valueOf (name) {
  const fields = [...named(name)]
  if (fields[0]?.type !== 'radio') return fields[0]?.value
  return fields.find(field => field.checked)?.value ?? ''
}

function setValue (name, value) {
  for (const field of named(name)) {
    if (field.type === 'radio') field.checked = field.value === value
    else field.value = value
    if (value && field.type !== 'radio') field.closest('details')?.setAttribute('open', '')
  }
}

const stored = name => root.querySelector(`[name="${CSS.escape(`initial-${name}`)}"]`)
const questionOf = name => named(name)[0]?.closest('[data-question]')

const SAVED = 'saved'

// --- what the member is told -------------------------------------------------------------------------------------

const WORDS = {
  waiting: 'There is no connection at the moment. Your answers are kept on this device and are sent as soon as it is back. You can go on on this page.',
  'waiting, not kept': 'There is no connection at the moment. Keep this page open: your answers are sent as soon as it is back.',
  problem: 'Something that you wrote is too long. It is kept on this device until you have shortened it.',
  'signed out': 'You have been signed out. What you chose and typed is kept on this device: sign in again to save it.',
  'signed out, not kept': 'You have been signed out. Sign in again in another window, then come back to this page and save.',
  'somebody else': 'Somebody else is signed in in this browser. What you chose and typed is kept here, sealed, until you sign in again.'
}

const STILL_HERE = 'What you chose and typed is still on this page, so that you can copy it.'
const STILL_KEPT = 'Reload this page to copy what this device still holds.'

function show (now, reason) {
  const isKept = sender.unsent.every(change => change.isKept !== false)
  const text = reason ? `${reason} ${root.elements ? STILL_HERE : STILL_KEPT}` : WORDS[isKept ? now : `${now}, not kept`] ?? WORDS[now] ?? ''
  state.textContent = { saving: 'Saving', saved: 'Saved' }[now] ?? (reason ? 'Not saved' : 'Not yet saved')
  bar.dataset.is = now
  words.hidden = !text
  if (words.firstChild?.textContent !== text) words.replaceChildren(text)
  if (now === 'signed out') words.append(' ', signInLink())
  announce(now, text)
}

// Quiet while all is well: said once, and again only when something has changed for the worse or the better.
function announce (now, text) {
  if (now === 'saving') return
  const news = now === 'saved' ? (said ? 'Everything is saved again.' : 'Saved. Every answer is saved as you make it.') : `${state.textContent}. ${text}`
  if (now !== 'saved' || said !== SAVED) {
    if (news !== status.textContent) status.textContent = news
    said = now === 'saved' ? SAVED : news
  }
}

function signInLink () {
  const link = document.createElement('a')
  link.href = `${root.dataset.signIn}?next=${encodeURIComponent(location.pathname + location.search + spot)}`
  link.textContent = 'Sign in again'
  return link
}

show.arrived = change => {
  const field = stored(change.name)
  if (field) field.value = change.value
  clearProblem(change.name)
}

show.problem = (name, message) => {
  const field = named(name)[0]
  clearProblem(name)
  if (!field) return
  document.getElementById(`${field.id}-error`)?.remove() // the same from the server, when the page was sent by its button
  const error = document.createElement('p')
  error.className = 'nhsuk-error-message'
  error.id = `problem-${name}`
  error.textContent = message
  field.before(error)
  field.setAttribute('aria-describedby', `${field.getAttribute('aria-describedby') ?? ''} ${error.id}`.trim())
}

function clearProblem (name) {
  const error = document.getElementById(`problem-${name}`)
  if (!error) return
  const field = named(name)[0]
  field.setAttribute('aria-describedby', field.getAttribute('aria-describedby').replace(error.id, '').trim())
  error.remove()
}

show.news = news => {
  const changed = new Set()
  for (const { name, value } of news) {
    const before = stored(name)
    if (!before || (before.value === value && valueOf(name) === value) || sender.isUnsent(name) || typing.has(name)) continue
    const mine = valueOf(name)
    if (value !== mine) {
      tell(name, mine === before.value ? '' : mine)
      setValue(name, value)
      changed.add(questionOf(name)?.dataset.question)
    }
    before.value = value
  }
  count()
  if (changed.size) status.textContent = `Changed in another window or on another device: question ${[...changed].join(', ')}.`
}

// Beside the question: that it was changed elsewhere, and any words of this page that had to give way.
function tell (name, lost) {
  const place = named(name)[0].closest('[data-question], .nhsuk-form-group')
  place.querySelector('[data-told=""]')?.remove() // but never one that holds words
  const note = document.createElement('p')
  note.className = 'nhsuk-inset-text app-typed'
  note.dataset.told = lost
  note.textContent = 'This was changed in another window or on another device. What you see now is the later change.'
  if (lost && !name.startsWith('answer-')) note.textContent += ` You had typed here: “${lost}”`
  place.append(note)
}

// --- progress ----------------------------------------------------------------------------------------------------

function count () {
  const questions = [...root.querySelectorAll('[data-question]')]
  if (!questions.length) return
  const open = questions.filter(question => !question.querySelector('input:checked'))
  bar.querySelector('[data-answered]').textContent = `${questions.length - open.length} of ${questions.length} answered`
  const link = bar.querySelector('[data-next-unanswered]')
  if (!link) return
  const here = questions.findIndex(question => `#${question.id}` === spot)
  const next = open.find(question => questions.indexOf(question) > here) ?? open[0]
  link.hidden = !next
  if (next) link.hash = next.id
}

// --- wiring ------------------------------------------------------------------------------------------------------

const device = new Device(root.dataset.key, root.dataset.sitting)
const sender = new Sender({
  url: root.dataset.sitting,
  token: document.querySelector('[name=csrfmiddlewaretoken]').value,
  revision: Number(root.dataset.revision),
  now: Number(root.dataset.now),
  device,
  show
})
const channel = new BroadcastChannel(`sitting:${root.dataset.sitting}`)
const typing = new Map()

async function change (name, madeAt) {
  clearTimeout(typing.get(name))
  typing.delete(name)
  if (await sender.change(name, valueOf(name), madeAt)) channel.postMessage(sender.revision)
}

function noticed (event) {
  const { name, type } = event.target
  if (!isOurs(event.target)) return
  spot = `#${questionOf(name)?.id ?? ''}`
  for (const link of words.querySelectorAll('a')) link.replaceWith(signInLink())
  count()
  if (type === 'radio' || event.type === 'change') {
    if (type === 'radio' || valueOf(name) !== stored(name).value || sender.isUnsent(name)) change(name)
  } else {
    clearTimeout(typing.get(name))
    typing.set(name, setTimeout(change, PAUSE_IN_TYPING, name))
    if (!sender.stopped) show('saving')
  }
}

// By a button: only once everything has arrived. What has arrived is not sent with the form again.
async function leave (event) {
  if (!sender.unsent.length && !typing.size) return
  event.preventDefault()
  await Promise.all([...typing.keys()].map(name => change(name)))
  if (!await sender.send()) return remind()
  event.target.requestSubmit(event.submitter)
}

// Nothing happens, and this is why.
function remind () {
  bar.scrollIntoView({ block: 'nearest' })
  const text = status.textContent
  status.textContent = ''
  setTimeout(() => { status.textContent = text })
}

async function ask () {
  await (sender.stopped ? sender.resume() : sender.ask()).catch(() => {})
}

// First what differs from what is stored: chosen before this script had come, or shown again because it could not be
// saved. Then what the device still holds. A page that shows answers, not fields, is drawn anew once those have arrived.
async function start () {
  const names = [...new Set([...root.elements ?? []].filter(isOurs).map(field => field.name))]
  const made = names.filter(name => valueOf(name) !== stored(name).value)
  const madeAt = Number(root.dataset.unsaved) || undefined
  if (madeAt) sender.letGoOf(location.pathname)
  const arriving = made.map(name => change(name, madeAt))
  const kept = await device.all()
  for (const change of kept) {
    if (sender.adopt(change)) setValue(change.name, change.value)
  }
  count()
  await Promise.all(arriving)
  if (await sender.send() && kept.length && !sender.hasProblems && !root.elements) location.reload()
}

root.addEventListener('change', noticed)
root.addEventListener('input', event => { if (event.target.type !== 'radio') noticed(event) })
for (const form of document.querySelectorAll('main form')) form.addEventListener('submit', leave)
bar.querySelector('[data-next-unanswered]')?.addEventListener('click', event => {
  const target = document.querySelector(event.currentTarget.hash)
  setTimeout(() => target?.querySelector('input')?.focus())
})
channel.addEventListener('message', ({ data }) => { if (data > sender.revision) ask() })
document.addEventListener('visibilitychange', () => {
  if (document.hidden) for (const name of typing.keys()) change(name)
  else ask()
})
window.addEventListener('pageshow', event => { if (event.persisted) ask() })
window.addEventListener('beforeunload', event => {
  if (typing.size || sender.unsent.some(change => !change.isKept)) event.preventDefault()
})
start()

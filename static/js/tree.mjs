// The tree of a draft: moves without a new page, by button or by dragging, and warnings about words as they are typed.
// Without it the buttons send the page's form, and the warnings stand there once the words are saved.
const moves = document.getElementById('moves')
const news = document.querySelector('[data-news]')
const PAUSE = 600 // milliseconds without a key before the words are looked at

function tell (words) {
  news.textContent = ''
  requestAnimationFrame(() => { news.textContent = words })
}

// --- moves: one after the other, since each is sent with the order that the one before left -----------------------

let underWay = Promise.resolve()

async function send (fields, undo) {
  const body = new FormData(moves)
  for (const [name, value] of Object.entries(fields)) body.set(name, value)
  try {
    const response = await fetch(location.href, { method: 'POST', body, headers: { Accept: 'application/json' } })
    const answer = response.headers.get('Content-Type')?.startsWith('application/json') ? await response.json() : null
    if (!response.ok || !answer) throw new Error(answer ? `${answer.said} Reload this page to see it.` : '')
    moves.elements.seen.value = answer.seen
    tell(answer.said)
  } catch (error) {
    undo()
    tell(error.name === 'Error' && error.message ? error.message : 'Not moved: the portal could not be reached, or you are signed out. Reload this page.')
  }
}

function inTurn (fields, undo) {
  underWay = underWay.then(() => send(fields, undo))
}

function step (button) {
  const part = button.closest('[data-part]')
  const { parentElement: list, nextElementSibling: after, previousElementSibling: before } = part
  if (button.name === 'up' && before) before.before(part)
  if (button.name === 'down' && after) after.after(part)
  button.focus()
  inTurn({ [button.name]: button.value }, () => list.insertBefore(part, after))
}

document.addEventListener('click', (event) => {
  const button = event.target.closest('button[form="moves"]')
  if (!button) return
  event.preventDefault()
  step(button)
})

function drag (list, options) {
  let home
  window.Sortable.create(list, {
    animation: 150,
    draggable: '[data-part]',
    ghostClass: 'tree-ghost',
    onStart: ({ item }) => { home = [item.parentElement, item.nextElementSibling] },
    onEnd: ({ item, to, from, newDraggableIndex, oldDraggableIndex }) => {
      if (to === from && newDraggableIndex === oldDraggableIndex) return
      const [list, after] = home
      const fields = { part: item.dataset.part, place: newDraggableIndex + 1 }
      if (to !== from) fields.section = to.dataset.section
      inTurn(fields, () => list.insertBefore(item, after))
    },
    ...options
  })
}

const handles = document.querySelectorAll('[data-handle]')
if (window.Sortable && handles.length) {
  for (const handle of handles) handle.hidden = false
  drag(document.querySelector('[data-sections]'), { handle: '[data-handle="section"]' })
  for (const list of document.querySelectorAll('[data-section]')) {
    drag(list, { handle: '[data-handle="indicator"]', group: 'indicators' })
  }
}

// --- words as they are typed -----------------------------------------------------------------------------------------

function watch (field) {
  const said = document.createElement('div')
  said.setAttribute('role', 'status')
  field.after(said)
  let timer
  let newest = 0

  async function look () {
    const number = ++newest
    const body = new FormData()
    body.set('text', field.value)
    body.set('csrfmiddlewaretoken', moves.elements.csrfmiddlewaretoken.value)
    try {
      const response = await fetch(moves.dataset.wording, { method: 'POST', body })
      const { warnings } = await response.json()
      if (number === newest) show(warnings)
    } catch {
      // Signed out or no connection: saving will say so, and the warnings stand there afterwards.
    }
  }

  function show (warnings) {
    const items = warnings.map((words) => Object.assign(document.createElement('li'), { textContent: words }))
    const list = Object.assign(document.createElement('ul'), { className: 'tree-warnings' })
    list.append(...items)
    said.replaceChildren(...(items.length ? [list] : []))
  }

  field.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(look, PAUSE)
  })
  if (field.value) look()
}

document.querySelectorAll('[data-wording-check]').forEach(watch)

// Warns two minutes before the session ends, and keeps it alive on request without leaving the page. The server counts;
// this only asks it, so another tab in use, or a tablet that slept, is not told lies. Without it the time-out still holds.
const WARNING = 120
const dialog = document.getElementById('session-warning')
const [stay, back] = dialog.querySelectorAll('form')
let timer

function show (state, seconds = 0) {
  const time = new Date(Date.now() + seconds * 1000).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
  for (const words of dialog.querySelectorAll('[data-when]')) words.hidden = words.dataset.when !== state
  for (const place of dialog.querySelectorAll('[data-time]')) place.textContent = time
  stay.hidden = state !== 'ending'
  back.hidden = state === 'ending'
  if (!dialog.open) dialog.showModal()
}

function plan (seconds) {
  clearTimeout(timer)
  timer = setTimeout(ask, seconds * 1000)
}

function react ({ seconds, extendable }) {
  if (seconds <= 0) return show('over')
  if (seconds <= WARNING) {
    if (extendable || !dialog.open) show(extendable ? 'ending' : 'day-over', seconds)
    return plan(seconds + 1)
  }
  if (dialog.open) dialog.close()
  plan(seconds - WARNING + 1)
}

// A dropped connection says nothing about the session: try again later.
async function ask (options = {}) {
  try {
    const response = await fetch(stay.action, { cache: 'no-store', ...options })
    react(response.ok ? await response.json() : { seconds: 0 })
  } catch {
    plan(15)
  }
}

const extend = () => ask({ method: 'POST', body: new FormData(stay) })
stay.addEventListener('submit', event => { event.preventDefault(); extend() })
dialog.addEventListener('cancel', () => { if (!stay.hidden) extend() })
document.addEventListener('visibilitychange', () => { if (!document.hidden) ask() })
plan(Math.max(0, Number(dialog.dataset.seconds) - WARNING) + 1)

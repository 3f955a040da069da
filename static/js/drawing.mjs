// While a report is being made, asks for this very page again and shows what has changed. Without it, "Check again" does.
const OFTEN = 1000
const LONGEST = 5 * 60 * 1000 // then somebody has gone for tea, and the link is still there
const heard = document.querySelector('[data-heard]')
const began = Date.now()
const shown = () => document.querySelector('[data-drawing]')
const isUnderWay = () => ['waiting', 'drawing'].includes(shown().dataset.drawing)

function show (page) {
  const fresh = page.querySelector('[data-drawing]')
  if (!fresh) return location.reload() // signed out, or no longer there: the server says it in words
  const news = shown().querySelector('[data-news]')
  if (fresh.dataset.drawing !== shown().dataset.drawing && fresh.querySelector('h1') && !fresh.querySelector('[data-news]')) {
    shown().replaceWith(fresh)
    document.title = page.title
    fresh.querySelector('h1').focus()
  } else if (news.textContent !== fresh.querySelector('[data-news]').textContent) {
    news.textContent = fresh.querySelector('[data-news]').textContent
    heard.textContent = news.textContent
  }
  shown().dataset.drawing = fresh.dataset.drawing
}

async function ask () {
  try {
    const response = await fetch(location.href, { cache: 'no-store' })
    show(new DOMParser().parseFromString(await response.text(), 'text/html'))
  } catch {
    // A dropped connection: the next time will do.
  }
  plan()
}

function plan () {
  if (isUnderWay() && Date.now() - began < LONGEST) setTimeout(ask, OFTEN)
}

plan()

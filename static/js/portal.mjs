// Switches on the NHS.UK components. The sibling comes out of `npm run build`; it is imported by its plain
// name, because the hashed names that collectstatic gives are not known here.
import { initAll } from './nhsuk-frontend.min.js'

document.body.classList.add('js-enabled', 'nhsuk-frontend-supported')
initAll()

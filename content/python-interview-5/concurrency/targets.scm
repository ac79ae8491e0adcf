; What has a card, special before general: for one construct the first pattern that holds and
; whose card has facts is shown.

; A01, A03: on the name, unless it has decorators, and on `async`.
((function_definition "async" name: (identifier) @range @name) @target
 (#set! card "coroutine-function"))
((function_definition "async" @range) @target
 (#set! card "coroutine-function"))

; A02, A04: on the word.
((await "await" @range) @target
 (#set! card "await"))

; A05: on what is called.
((call function: (_) @range) @target
 (#set! card "blocking-call"))

; A06, A15.
((call function: (_) @range) @target (#set! card "asyncio-run"))
((call function: (_) @range) @target (#set! card "get-event-loop"))
; A08.
((call function: (_) @range) @target (#set! card "gather"))
; A07.
((call function: (_) @range) @target (#set! card "create-task"))
; A09.
((call function: (_) @range) @target (#set! card "task-group"))
; A10.
((call function: (_) @range) @target (#set! card "time-limit"))
; A11.
((call function: (_) @range) @target (#set! card "semaphore"))
; A21, C22.
((call function: (_) @range) @target (#set! card "lock"))
; A29, A30.
((call function: (_) @range) @target (#set! card "shared-value"))
((call function: (_) @range) @target (#set! card "manager"))
((call function: (_) @range) @target (#set! card "shared-memory"))
; A32.
((call function: (_) @range) @target (#set! card "future"))
; A34.
((call function: (_) @range) @target (#set! card "gil-check"))
; A36.
((call function: (_) @range) @target (#set! card "clock"))
; A14.
((call function: (_) @range) @target (#set! card "async-sleep"))
; A12, A28, A33.
((call function: (_) @range) @target (#set! card "queue"))
; A13.
((call function: (_) @range) @target (#set! card "to-thread"))
; A19, A20, A23.
((call function: (_) @range) @target (#set! card "thread"))
; A24, A25, A26.
((call function: (_) @range) @target (#set! card "executor"))
; A27.
((call function: (_) @range) @target (#set! card "process"))
; A22.
((call function: (_) @range) @target (#set! card "context-local"))

; A20: `x += 1` on what threads share.
((augmented_assignment) @target
 (#set! card "shared-update"))

; A16, A17: on the words and on what is bound.
((for_statement "async" @range "for" @range left: (_) @range "in" @range) @target
 (#set! card "async-for"))

; A31: on the condition.
((if_statement "if" @range condition: (_) @range) @target
 (#set! card "main-guard"))

; A18: on the word and the classes.
((except_clause
   "except" @range
   [(identifier) (attribute) (tuple) (as_pattern)]? @range) @target
 (#set! card "cancelled"))

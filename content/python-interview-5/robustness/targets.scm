; What has a card, special before general.

; A mutable default, on the default.
((default_parameter value: (_) @range) @target
 (#set! card "mutable-default"))
((typed_default_parameter value: (_) @range) @target
 (#set! card "mutable-default"))

; I05: on the name of the method.
((call function: (attribute attribute: (identifier) @range)) @target
 (#any-of? @range "execute" "executemany" "executescript")
 (#set! card "execute"))
; I01, I02: on what is called.
((call function: (_) @range) @target (#set! card "http-request"))
((call function: (_) @range) @target (#set! card "http-client"))
; I11: on what is called.
((call function: (_) @range) @target (#set! card "json-call"))
; I07: on the word and on what it names.
((except_clause
   "except" @range
   [(identifier) (attribute) (tuple) (as_pattern)]? @range) @target
 (#set! card "specific-except"))
; I10: on the name.
((call function: (identifier) @range) @target (#eq? @range "print") (#set! card "print-call"))
; I03: on the `try`; a `while` has no other card.
((for_statement body: (block (try_statement "try" @range))) @target (#set! card "retry-loop"))
((while_statement "while" @range body: (block (try_statement "try" @range))) @target
 (#set! card "retry-loop"))
; I04: on the word.
((if_statement "if" @range) @target (#set! card "rate-window"))

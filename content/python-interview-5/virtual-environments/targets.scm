; What has a card, special before general.

; V06, V07: on the function's name.
((call function: (_) @range) @target (#set! card "interpreter-call"))
; V09.
((call function: (_) @range) @target (#set! card "search-path"))
; V08.
((call function: (_) @range) @target (#set! card "environment-builder"))
; V04, V02: on a module's name in an import.
((dotted_name) @target (#set! card "hidden-module"))
((dotted_name) @target (#set! card "standard-module"))
; V01.
((dotted_name) @target (#set! card "distribution-module"))
; V03.
((relative_import) @target (#set! card "relative-import"))
; V15.
((import_statement) @target (#set! card "lazy-import"))
((import_from_statement) @target (#set! card "lazy-import"))
; V11.
((try_statement "try" @range) @target (#set! card "optional-import"))
((try_statement (except_clause "except" @range)) @target (#set! card "optional-import"))
; V12, V13.
((comment) @target (#set! card "shebang"))
((comment) @target (#set! card "script-metadata"))
; V14.
((subscript value: (_) @range) @target (#set! card "environment-object"))
((call function: (_) @range) @target (#set! card "environment-object"))
; V05, V06, V10, V16.
((attribute attribute: (identifier) @range) @target (#set! card "environment-object"))
((identifier) @target (#set! card "environment-object"))

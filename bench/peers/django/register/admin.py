from django.contrib import admin

from .models import Person, Unit


@admin.register(Person)
class PersonAdmin(admin.ModelAdmin):
    list_display = ['name', 'sex', 'born', 'category', 'phone']
    list_filter = ['unit', 'category']
    search_fields = ['name']
    list_per_page = 20
    show_full_result_count = False


@admin.register(Unit)
class UnitAdmin(admin.ModelAdmin):
    list_display = ['name', 'people']

    def get_queryset(self, request):
        from django.db.models import Count
        return super().get_queryset(request).annotate(n=Count('person'))

    def people(self, unit):
        return unit.n
